package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class WaitIT {

  @Flow
  void forTheEnd(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 300ms, inProgressDuration: 500ms}");

    assertReturns(jobs, "condition=Finished");
    assertReturns(jobs, "condition=Complete");
    assertThat(jobs.states("x")).endsWith("Completed/Completed");
  }

  @Flow
  void forTheStartLongAfterIt(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s}");
    jobs.await("x", "Completed/Completed");

    assertReturns(jobs, "condition=Started");
  }

  @Flow
  void forAState(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 500ms, inProgressDuration: 600s}");

    assertReturns(jobs, "jsonpath={.status.customStatus}=InProgress");
    assertThat(jobs.states("x")).containsExactly("-/-", "Queued/Running", "InProgress/Running");
  }

  @Flow
  void forAFailure(Jobs jobs) {
    jobs.apply(
        "x", "{queuedDuration: 0s, inProgressDuration: 500ms, outcome: {failurePercent: 100}}");

    assertReturns(jobs, "condition=Failed");
    assertReturns(jobs, "condition=Finished");
    assertReturns(jobs, "condition=Stalled");
  }

  @Flow
  void forASuspension(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");
    jobs.edit("x", "{\"suspend\": true}");

    assertReturns(jobs, "condition=Suspended");

    jobs.edit("x", "{\"suspend\": false}");
    assertReturns(jobs, "condition=Suspended=false");
  }

  @Flow
  void afterAnEditOfARunningJob(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");
    jobs.edit("x", "{\"inProgressDuration\": \"700s\"}");

    assertReturns(jobs, "condition=Started");
    assertReturns(jobs, "jsonpath={.status.observedGeneration}=2");
  }

  @Flow
  void afterAnEditOfAFinishedJob(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s}");
    var finished = jobs.await("x", "Completed/Completed").status();
    jobs.edit("x", "{\"ttlSecondsAfterFinished\": 3600}");

    assertReturns(jobs, "condition=Finished");

    var observed = jobs.awaitObserved("x").status();
    assertThat(observed.lastUpdatedTime()).isEqualTo(finished.lastUpdatedTime());
    assertThat(observed.conditions())
        .allSatisfy(condition -> assertThat(condition.observedGeneration()).isEqualTo(2))
        .extracting(condition -> condition.lastTransitionTime())
        .containsExactlyElementsOf(
            finished.conditions().stream().map(c -> c.lastTransitionTime()).toList());
    assertThat(jobs.states("x").subList(3, 6)).containsOnly("Completed/Completed");
  }

  private static void assertReturns(Jobs jobs, String condition) {
    var result = jobs.kubectl().run("wait", "aj/x", "--for=" + condition, "--timeout=20s");
    assertThat(result.stdout() + result.stderr()).contains("condition met");
    assertThat(result.exitCode()).isZero();
  }
}
