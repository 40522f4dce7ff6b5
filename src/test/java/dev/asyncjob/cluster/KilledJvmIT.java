package dev.asyncjob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** However a JVM with a control plane ends, nothing of it stays behind. */
class KilledJvmIT {

  @Test
  void killed() throws IOException {
    leavesNothing(ChildProcess::kill);
  }

  @Test
  void terminated() throws IOException {
    leavesNothing(jvm -> jvm.terminate(Duration.ofSeconds(10)));
  }

  private static void leavesNothing(Consumer<ChildProcess> end) throws IOException {
    try (var jvm =
            ChildProcess.start(command(), builder -> builder.redirectError(Redirect.INHERIT));
        var reader = jvm.output()) {
      var etcd = Long.parseLong(reader.readLine());
      var apiServer = Long.parseLong(reader.readLine());
      var folder = Path.of(reader.readLine());
      assertThat(Stream.of(etcd, apiServer)).allMatch(KilledJvmIT::runs);
      assertThat(folder).exists();

      end.accept(jvm);

      assertThat(
              Poll.until(
                  Duration.ofSeconds(5),
                  () -> !runs(etcd) && !runs(apiServer) && !Files.exists(folder)))
          .as(
              "etcd runs: %s, API server runs: %s, folder is there: %s",
              runs(etcd), runs(apiServer), Files.exists(folder))
          .isTrue();
    }
  }

  private static List<String> command() {
    return List.of(
        Jdk.program("java"), "-cp", System.getProperty("java.class.path"), Victim.class.getName());
  }

  /** A process without a command is one that has ended and that nobody has asked about yet. */
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  /** Starts a control plane, says what there is to look for, and waits for its end. */
  static final class Victim {

    private Victim() {}

    public static void main(String[] arguments) throws InterruptedException {
      var controlPlane = ControlPlane.start();
      // Paused, the hardest case: a stopped process handles no signal but SIGKILL.
      controlPlane.apiServer().pause();
      System.out.println(controlPlane.etcd().pid());
      System.out.println(controlPlane.apiServer().pid());
      System.out.println(Guard.folder());
      new CountDownLatch(1).await();
    }
  }
}
