package dev.asyncjob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Command;
import dev.asyncjob.history.History.Ending;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Time goes back: etcd is restored from a backup. What came after that is lost, and no program
 * could know of it; what is there is gone on with.
 */
class RestoredEtcdIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int JOBS = 12;
  private static final int VERSIONS = 500;

  @TempDir private Path folder;

  @Test
  void whatIsInTheBackupIsGoneOnWith() throws Exception {
    try (var stage = Stage.start(Optional.empty())) {
      var before = create(stage, "before");
      awaitSome(stage, before, "InProgress");
      backUp(stage);
      awaitSome(stage, before, "Completed");
      var after = create(stage, "after");
      awaitSome(stage, after, "InProgress");
      pass(stage);

      restore(stage);

      assertThat(after).noneMatch(job -> isThere(stage, job));
      var anew = create(stage, "anew");
      var settled = Instant.now();
      awaitAll(stage, before);
      awaitAll(stage, anew);
      assertThat(stage.observer().caughtUp(LIMIT)).isTrue();
      assertThat(
              stage
                  .history()
                  .violations(new Ending(List.of(), settled, Optional.of(Stage.TIME_TO_LIVE))))
          .isEmpty();
    }
  }

  private static List<Jobs.Created> create(Stage stage, String name) {
    var created = new ArrayList<Jobs.Created>();
    for (var i = 0; i < JOBS; i++) {
      created.add(
          stage
              .jobs()
              .create(
                  stage.home().name(),
                  name + "-" + i,
                  """
                  {"queuedDuration": "%dms", "inProgressDuration": "%dms",
                   "ttlSecondsAfterFinished": 3600}"""
                      .formatted(i * 400, i * 400)));
    }
    return created;
  }

  /**
   * A backup is hours old: thousands of versions, which do not come again within seconds. And so
   * many renewals of the lease that the standby, too, which looks at it each second or two, knows a
   * later one than the backup's.
   */
  private static void pass(Stage stage) {
    for (var i = 0; i < VERSIONS; i++) {
      stage
          .client()
          .configMaps()
          .inNamespace(stage.home().name())
          .resource(
              new ConfigMapBuilder().withNewMetadata().withName("x" + i).endMetadata().build())
          .create();
    }
    var renewals = new HashSet<String>();
    Awaitility.await().atMost(LIMIT).until(() -> renewals.add(lease(stage)) && renewals.size() > 5);
  }

  private static String lease(Stage stage) {
    return stage
        .client()
        .leases()
        .inNamespace(stage.home().name())
        .withName(Operators.LEASE)
        .get()
        .getMetadata()
        .getResourceVersion();
  }

  private void backUp(Stage stage) {
    var controlPlane = stage.cluster().controlPlane();
    controlPlane.etcd().kill(); // Else the copy would be of different moments.
    copy(controlPlane.etcdData(), backup());
    controlPlane.etcd().start();
    controlPlane.awaitReady();
  }

  private void restore(Stage stage) {
    var controlPlane = stage.cluster().controlPlane();
    controlPlane.apiServer().kill();
    controlPlane.etcd().kill();
    stage.observer().etcdIsRestored();
    copy(backup(), controlPlane.etcdData());
    controlPlane.etcd().start();
    controlPlane.apiServer().start();
    controlPlane.awaitReady();
  }

  private Path backup() {
    return folder.resolve("backup");
  }

  private static void copy(Path from, Path to) {
    var script = "rm -rf \"$1\" && cp -a \"$0\" \"$1\"";
    var copied =
        Command.run(
            List.of("sh", "-c", script, from.toString(), to.toString()), "", LIMIT, builder -> {});
    assertThat(copied.exitCode()).as(copied.stderr()).isZero();
  }

  private static boolean isThere(Stage stage, Jobs.Created job) {
    return stage
            .client()
            .raw("/apis/asyncjob.dev/v1/namespaces/" + job.namespace() + "/asyncjobs/" + job.name())
        != null;
  }

  private static void awaitSome(Stage stage, List<Jobs.Created> jobs, String state) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> jobs.stream().anyMatch(job -> state(stage, job).equals(state)));
  }

  private static void awaitAll(Stage stage, List<Jobs.Created> jobs) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> jobs.stream().allMatch(job -> state(stage, job).equals("Completed")));
  }

  private static String state(Stage stage, Jobs.Created job) {
    return stage.jobs().get(job.namespace(), job.name()).at("/status/customStatus").asText();
  }
}
