package dev.asyncjob.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The libraries of Argo CD, Flux and kstatus, in the program of {@code src/gitops}. */
final class GitOps {
  static final Path CUSTOMIZATIONS =
      Path.of("integrations/argo-cd/resource_customizations").toAbsolutePath();

  private static final Path KUSTOMIZATION =
      Path.of("integrations/flux/kustomization.yaml").toAbsolutePath();
  private static final Path SOURCE = Path.of("src/gitops");

  /** With an empty build cache on a busy machine. */
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path program;

  /** What the tools make of a job. */
  record Verdict(Health health, Map<String, Action> actions, String flux, String kstatus) {
    String enabledActions() {
      return actions.entrySet().stream()
          .filter(action -> !action.getValue().disabled())
          .map(Map.Entry::getKey)
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }

  /** Argo CD's health of a job. */
  record Health(String status, String message) {}

  /** What Argo CD offers, what the job becomes, and the merge patch that makes it so. */
  record Action(boolean disabled, JsonNode object, JsonNode patch) {}

  private GitOps(Path program) {
    this.program = program;
  }

  /** Builds the program; the test is skipped where there is no Go. */
  static GitOps build() {
    assumeTrue(
        Program.find("go").isPresent(),
        "Skipped: what GitOps tools make of a job is asked of their own libraries, and no go"
            + " command is on the PATH to build them");
    var program = Path.of("target/gitops").toAbsolutePath();
    run("", BUILD_LIMIT, "go", "build", "-buildvcs=false", "-trimpath", "-o", program.toString());
    return new GitOps(program);
  }

  Map<String, Verdict> judge(Map<String, JsonNode> jobs) {
    try {
      var answer =
          run(
              JSON.writeValueAsString(jobs),
              Duration.ofMinutes(1),
              program.toString(),
              CUSTOMIZATIONS.toString(),
              KUSTOMIZATION.toString());
      return JSON.readValue(answer, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String run(String input, Duration limit, String... command) {
    var result =
        Command.run(List.of(command), input, limit, builder -> builder.directory(SOURCE.toFile()));
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    return result.stdout();
  }
}
