package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.ConditionType;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class TerminateIT {

  @Flow
  void whilePending(Jobs jobs) {
    jobs.apply("x", "{notBeforeTime: '2199-01-01T00:00:00Z'}");
    jobs.await("x", "-/Pending");

    var terminated = terminate(jobs, "-/Terminated");

    assertThat(terminated.status().condition(ConditionType.Started)).isEmpty();
    assertThat(jobs.states("x")).containsExactly("-/-", "-/Pending", "-/Pending", "-/Terminated");
  }

  @Flow
  void whileQueued(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");

    var terminated = terminate(jobs, "Queued/Terminated");

    assertThat(terminated.queued().endTime()).isNull();
    assertThat(jobs.states("x"))
        .containsExactly("-/-", "Queued/Running", "Queued/Running", "Queued/Terminated");
  }

  @Flow
  void whileInProgress(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 600s}");
    jobs.await("x", "InProgress/Running");

    terminate(jobs, "InProgress/Terminated");
  }

  @Flow
  void whileFrozen(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");
    jobs.edit("x", "{\"suspend\": true}");
    jobs.await("x", "Queued/Suspended");

    var terminated = terminate(jobs, "Queued/Terminated").status();

    assertThat(terminated.remainingDuration()).isNull();
    assertThat(terminated.isTrue(ConditionType.Suspended)).isFalse();
    assertThat(terminated.condition(ConditionType.Suspended)).isPresent();
  }

  @Flow
  void whileSuspendedBeforeTheStart(Jobs jobs) {
    jobs.apply("x", "{suspend: true}");
    jobs.await("x", "-/Pending");

    var terminated = terminate(jobs, "-/Terminated").status();

    assertThat(terminated.isTrue(ConditionType.Suspended)).isFalse();
  }

  @Flow
  void aJobBornTerminatedNeverStarts(Jobs jobs) {
    jobs.apply("x", "{termination: {}}");

    var terminated = jobs.await("x", "-/Terminated").status();

    assertThat(terminated.message()).isEmpty();
    assertThat(jobs.states("x")).containsExactly("-/-", "-/Terminated");
  }

  @Flow
  void togetherWithSuspendAndAnEditTerminationComesFirst(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");

    jobs.edit("x", "{\"suspend\": true, \"queuedDuration\": \"1ms\", \"termination\": {}}");

    jobs.await("x", "Queued/Terminated");
    assertThat(jobs.states("x"))
        .containsExactly("-/-", "Queued/Running", "Queued/Running", "Queued/Terminated");
  }

  private static Version terminate(Jobs jobs, String state) {
    jobs.edit("x", "{\"termination\": {\"reason\": \"superseded\"}}");
    for (var condition : new String[] {"Failed", "Finished", "Stalled"}) {
      jobs.kubectl().get("wait", "aj/x", "--for=condition=" + condition, "--timeout=20s");
    }
    var terminated = jobs.await("x", state);
    var failed = terminated.status().condition(ConditionType.Failed).orElseThrow();
    assertThat(failed.reason()).isEqualTo("Terminated");
    assertThat(failed.message()).isEqualTo("superseded");
    assertThat(terminated.status().message()).isEqualTo("superseded");
    assertThat(terminated.status().isTrue(ConditionType.Complete)).isFalse();
    assertThat(terminated.status().nextTransitionTime()).isNull();
    assertThat(terminated.status().completionTime())
        .isEqualTo(terminated.status().lastUpdatedTime());
    return terminated;
  }
}
