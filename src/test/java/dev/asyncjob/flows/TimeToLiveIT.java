package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class TimeToLiveIT {
  private static final String SHORT = "queuedDuration: 0s, inProgressDuration: 0s";

  @Flow
  void zeroDeletesAtOnceButAfterTheEndWasWritten(Jobs jobs) {
    jobs.apply("x", "{" + SHORT + ", ttlSecondsAfterFinished: 0}");

    jobs.awaitDeletion("x");

    assertThat(jobs.states("x"))
        .containsExactly(
            "-/-", "Queued/Running", "InProgress/Running", "Completed/Completed", "deleted");
  }

  @Flow
  void twoSecondsAreCountedFromTheEnd(Jobs jobs) {
    jobs.apply("x", "{" + SHORT + ", ttlSecondsAfterFinished: 2}");

    assertKept(jobs.awaitDeletion("x"), Duration.ofSeconds(2));
  }

  @Flow
  void itCanBeSetLaterAndCountsFromTheEndAsWell(Jobs jobs) {
    jobs.apply("x", "{" + SHORT + "}");
    var end = jobs.await("x", "Completed/Completed").status().completionTime();
    Jobs.awaitTime(end.plusSeconds(1));

    jobs.edit("x", "{\"ttlSecondsAfterFinished\": 1}");

    assertKept(jobs.awaitDeletion("x"), Duration.ofSeconds(1));
  }

  @Flow
  void itCanBeProlonged(Jobs jobs) {
    jobs.apply("x", "{" + SHORT + ", ttlSecondsAfterFinished: 3}");
    var end = jobs.await("x", "Completed/Completed").status().completionTime();

    jobs.edit("x", "{\"ttlSecondsAfterFinished\": 3600}");
    jobs.awaitObserved("x");
    Jobs.awaitTime(end.plusSeconds(3));

    assertThat(jobs.states("x")).endsWith("Completed/Completed");
  }

  @Flow
  void aFailedJobIsDeletedLikewise(Jobs jobs) {
    jobs.apply("x", "{" + SHORT + ", ttlSecondsAfterFinished: 1, outcome: {failurePercent: 100}}");

    var deleted = jobs.awaitDeletion("x");

    assertThat(deleted.state()).isEqualTo("Failed/Failed");
    assertKept(deleted, Duration.ofSeconds(1));
  }

  @Flow
  void aTerminatedJobIsDeletedLikewise(Jobs jobs) {
    jobs.apply("x", "{ttlSecondsAfterFinished: 1, termination: {}}");

    var deleted = jobs.awaitDeletion("x");

    assertThat(deleted.state()).isEqualTo("-/Terminated");
    assertKept(deleted, Duration.ofSeconds(1));
  }

  @Flow
  void aJobThatIsNotFinishedIsKept(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 1s, inProgressDuration: 600s, ttlSecondsAfterFinished: 0}");
    jobs.apply("unset", "{" + SHORT + "}");
    jobs.await("x", "InProgress/Running");

    assertThat(jobs.states("unset")).endsWith("Completed/Completed");
    assertThat(jobs.states("x")).doesNotContain("deleted");
  }

  @Flow
  void aRestartCallsTheDeletionOff(Jobs jobs) {
    jobs.apply("x", "{" + SHORT + ", ttlSecondsAfterFinished: 3}");
    var end = jobs.await("x", "Completed/Completed").status().completionTime();

    jobs.edit("x", "{\"restartNonce\": 1, \"queuedDuration\": \"600s\"}");
    jobs.await("x", "Queued/Running");
    Jobs.awaitTime(end.plusSeconds(3));

    assertThat(jobs.states("x")).endsWith("Queued/Running");
  }

  private static void assertKept(Version deleted, Duration timeToLive) {
    assertThat(deleted.delivered())
        .isAfterOrEqualTo(deleted.status().completionTime().plus(timeToLive));
  }
}
