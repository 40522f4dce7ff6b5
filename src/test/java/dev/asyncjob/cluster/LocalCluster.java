package dev.asyncjob.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What {@code mvn -Plocal} runs: a cluster on this machine, the operator in it, and a first job on
 * the screen.
 *
 * <p>With {@code -Dlocal.once} it ends when the job is done, else with Ctrl-C.
 */
public final class LocalCluster {

  private static final Duration JOB_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final ControlPlane controlPlane;
  private final OperatorProcess operator;

  private static volatile boolean stopping;

  private LocalCluster(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    operator =
        OperatorProcess.start(
            controlPlane.kubeconfig(),
            Project.path("target/local/operator.log"),
            Ports.freePreferably(8080),
            Ports.freePreferably(8081),
            Map.of());
  }

  /**
   * Always ends the JVM itself: Maven's, in which it runs, would otherwise wait for every thread.
   */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      var local = start();
      local.showFirstJob();
      if (System.getProperty("local.once") == null) {
        local.showWhatIsThere();
        local.awaitEnd();
      }
      System.exit(0);
    } catch (IllegalStateException e) {
      if (stopping) {
        // Ctrl-C ends all that was waited for: that is no failure, and the JVM is about to end.
        new CountDownLatch(1).await();
      }
      System.err.println("Error: " + e.getMessage());
      System.exit(1);
    }
  }

  private static LocalCluster start() {
    var controlPlane = ControlPlane.start();
    controlPlane.installCrd(Project.path("crds/asyncjobs.asyncjob.dev-v1.yml"));
    var local = new LocalCluster(controlPlane);
    Runtime.getRuntime().addShutdownHook(new Thread(local::stop));
    return local;
  }

  private void showFirstJob() throws InterruptedException {
    operator.awaitReady();
    var kubectl = controlPlane.kubectl();
    var completed = new CompletableFuture<Void>();
    System.out.println("$ kubectl apply -f examples/quickstart.yaml");
    System.out.println("$ kubectl get asyncjobs -w");
    try (var watch =
        kubectl.stream(
            line -> {
              System.out.println(line);
              if (line.contains("Completed")) {
                completed.complete(null);
              }
            },
            "get",
            "asyncjobs",
            "-w")) {
      kubectl.get("apply", "-f", Project.path("examples/quickstart.yaml").toString());
      CompletableFuture.anyOf(completed, operator.onExit(), watch.onExit())
          .get(JOB_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!completed.isDone()) {
        throw operator.failure(operator.isAlive() ? "kubectl has ended" : "The operator has ended");
      }
    } catch (TimeoutException | ExecutionException e) {
      throw operator.failure("The job is not Completed after " + JOB_LIMIT.toSeconds() + " s");
    }
  }

  private void showWhatIsThere() {
    System.out.printf(
        """

        The cluster stays up until Ctrl-C. To use it from another terminal:

          export KUBECONFIG=%s
        %s  kubectl get asyncjobs

        HTTP API      %s/api/job-start/gb4712
        Operator log  %s
        """,
        controlPlane.kubeconfig(), pathLine(), operator.http(), operator.logFile());
  }

  /** Only for those who have no kubectl of their own. */
  private String pathLine() {
    for (var folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, "kubectl"))) {
        return "";
      }
    }
    return "  export PATH=%s:$PATH%n".formatted(controlPlane.binaries());
  }

  private void awaitEnd() throws InterruptedException {
    try {
      var exitCode = operator.onExit().get();
      throw operator.failure("The operator has ended with exit code " + exitCode);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stop() {
    stopping = true;
    if (operator.isAlive()) {
      operator.terminate(STOP_LIMIT);
    }
    controlPlane.close();
  }
}
