package dev.asyncjob.docs;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/http.md. */
@ExtendWith(ClusterExtension.class)
class HttpDocumentationIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String DOCUMENTED = "localhost:8080";

  @Test
  void theCommandsDoWhatThePageShows(TestNamespace namespace, @TempDir Path folder)
      throws IOException {
    var controlPlane = namespace.cluster().controlPlane();
    var kubeconfig = Files.copy(controlPlane.kubeconfig(), folder.resolve("kubeconfig")).toString();
    var environment =
        Map.of(
            "HOME",
            folder.toString(),
            "KUBECONFIG",
            kubeconfig,
            "PATH",
            controlPlane.binaries() + ":" + System.getenv("PATH"));
    Assumptions.assumeTrue(
        shell("curl --version", environment).exitCode() == 0, "Skipped, for there is no curl");
    run("kubectl config set-context --current --namespace=" + namespace.name(), environment);
    try (var operator =
        namespace
            .startOperator(Map.of(), "--queued-duration-sec=60", "--in-progress-duration-sec=60")
            .awaitReady()) {
      var host = "localhost:" + operator.http().getPort();
      new Session(Path.of("docs/http.md"))
          .mustBeWhatHappens(
              command ->
                  run(command.replace(DOCUMENTED, host), environment).replace(host, DOCUMENTED));
    }
  }

  private static String run(String command, Map<String, String> environment) {
    var result = shell(command, environment);
    if (result.exitCode() != 0) {
      throw new AssertionError(command + "\n" + result.stdout() + result.stderr());
    }
    var output = result.stdout().replace("\r", "");
    return output.isEmpty() || output.endsWith("\n") ? output : output + "\n";
  }

  private static Command.Result shell(String command, Map<String, String> environment) {
    return Command.run(
        List.of("sh", "-c", command),
        "",
        LIMIT,
        builder -> builder.environment().putAll(environment));
  }
}
