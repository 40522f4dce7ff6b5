package dev.asyncjob.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.RuntimeStatus;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@ExtendWith(ClusterExtension.class)
class LeaderElectionIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aStandbyTakesOverFromALeaderThatWasKilled(TestNamespace namespace) {
    try (var leader = operator(namespace);
        var standby = operator(namespace)) {
      startJob(namespace);
      leader.awaitLog("None -> Queued", LIMIT);

      leader.kill();

      standby.awaitLog("InProgress -> Completed", LIMIT);
      assertThat(transitions(leader) + transitions(standby)).isEqualTo(3);
      assertDueTimes(namespace);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aLeaderThatIsStoppedGivesUpTheLease(TestNamespace namespace) {
    try (var leader = operator(namespace);
        var standby = operator(namespace)) {
      startJob(namespace);
      leader.awaitLog("None -> Queued", LIMIT);

      assertThat(leader.terminate(LIMIT)).isZero();

      standby.awaitLog("InProgress -> Completed", LIMIT);
      assertThat(transitions(leader) + transitions(standby)).isEqualTo(3);
      assertDueTimes(namespace);
      assertThat(standby.terminate(LIMIT)).isZero();
      assertThat(lease(namespace).getSpec().getHolderIdentity()).isEmpty();
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aLeaderThatWasPausedWritesNothingWhenItWakes(TestNamespace namespace) {
    try (var leader = operator(namespace);
        var standby = operator(namespace)) {
      startJob(namespace);
      leader.awaitLog("None -> Queued", LIMIT);

      leader.pause();
      standby.awaitLog("InProgress -> Completed", LIMIT);
      leader.resume();

      assertThat(leader.onExit()).succeedsWithin(LIMIT).isEqualTo(1);
      assertThat(leader.log()).contains("leadership was lost").doesNotContain("-> InProgress");
      assertThat(transitions(leader) + transitions(standby)).isEqualTo(3);
    }
  }

  private static OperatorProcess operator(TestNamespace namespace) {
    return namespace
        .startOperator(
            Map.of(
                "ASYNCJOB_LEADER_ELECTION", "true", "ASYNCJOB_LEASE_NAMESPACE", namespace.name()))
        .awaitReady()
        .awaitLog("the leader is", LIMIT);
  }

  private static void startJob(TestNamespace namespace) {
    namespace
        .kubectl()
        .apply(
            "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: gb4711},"
                + " spec: {queuedDuration: 1s, inProgressDuration: 1s}}");
  }

  private static long transitions(OperatorProcess operator) {
    return operator.log().lines().filter(line -> line.contains(" -> ")).count();
  }

  private static void assertDueTimes(TestNamespace namespace) {
    var jobs = namespace.client().resources(AsyncJob.class).withName("gb4711");
    var status = jobs.get().getStatus();
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.Completed);
    assertThat(status.phases())
        .isNotNull()
        .allSatisfy(
            phase ->
                assertThat(phase.endTime()).isEqualTo(phase.startTime().plus(phase.duration())));
  }

  private static Lease lease(TestNamespace namespace) {
    return namespace.client().leases().withName("asyncjob-operator").get();
  }
}
