package dev.asyncjob.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.Jdk;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClusterExtension.class)
class SmokeIT {
  @Test
  void itPassesWhereAJobIsCompletedAndSaysElseWhatIsWrong(
      TestNamespace namespace, @TempDir Path folder) throws Exception {
    var keys = Files.writeString(folder.resolve("keys"), "the-first\nthe-second\n");
    var wrong = Files.writeString(folder.resolve("wrong"), "wrong\n");
    try (var operator =
        namespace.startOperator(
            Map.of("ASYNCJOB_HTTP_AUTH", "key", "ASYNCJOB_HTTP_KEY_FILE", keys.toString()))) {
      // Not ready yet: it waits.
      var good = smoke(operator, "--key-file=" + keys);
      assertThat(good.output()).contains("the operator is ready", "is Completed", "is deleted");
      assertThat(good.exitCode()).isZero();
      assertThat(namespace.kubectl().get("get", "asyncjobs", "-o=name")).isEmpty();

      var refused = smoke(operator, "--key-file=" + wrong);
      assertThat(refused.output())
          .contains("FAILED: POST " + operator.http() + "/", ": status 401");
      assertThat(refused.exitCode()).isEqualTo(1);

      var ready = run(operator.management() + "/readyz");
      assertThat(ready.output()).isEqualTo("the operator is ready\n");
      assertThat(ready.exitCode()).isZero();
    }
  }

  @Test
  void itSaysWhatItTakes() throws Exception {
    var none = run();
    assertThat(none.output()).startsWith("FAILED: arguments: READYZ-URL");
    assertThat(none.exitCode()).isEqualTo(1);
  }

  private static Result smoke(OperatorProcess operator, String credential) throws Exception {
    return run(operator.management() + "/readyz", operator.http().toString(), credential);
  }

  private record Result(int exitCode, String output) {}

  /** As the Pod of the chart does. */
  private static Result run(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Jdk.program("java"),
                "-cp",
                "target/asyncjob-operator.jar",
                "dev.asyncjob.smoke.Smoke"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
