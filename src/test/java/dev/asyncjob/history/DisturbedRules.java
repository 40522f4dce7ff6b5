package dev.asyncjob.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.RuntimeStatus;
import java.util.Objects;

/**
 * What still holds of an attempt after somebody else has written its status.
 *
 * <p>The status is the only record that an operator has: it goes on from what it finds, and a
 * record that contradicts itself has no right continuation. So until the next attempt, which begins
 * a record anew, the parts need not fit together, and states need not come in order. But even then
 * no transition is earlier than the due time that stands in the status, no time falls, a finished
 * attempt stays as it is, attempts are counted, and the spec is taken into account. That the job
 * gets on, and is not lost, is judged as for every other.
 */
final class DisturbedRules {
  private DisturbedRules() {}

  static void check(StoredJob job, AsyncJobStatus after, Decision decision) {
    var before = job.status();
    RecordRules.checkTimes(before, after, decision);
    StatusRules.checkObserved(after, job.generation());
    if (!Invariants.sameAttempt(before, after)) {
      AttemptRules.checkNumber(job, after);
    } else if (before.isFinished()) {
      RecordRules.checkFinished(before, after);
    } else if (isDue(before, after)) {
      assertThat(before.nextTransitionTime())
          .as("due time of %s, disturbed", Stage.of(after))
          .isBeforeOrEqualTo(decision.latest());
    }
  }

  /**
   * Whether this is a transition that the timer caused; and not a resumption, a termination, or an
   * attempt that is planned anew because its plan was damaged, which gets a new createdTime.
   */
  private static boolean isDue(AsyncJobStatus before, AsyncJobStatus after) {
    return before.nextTransitionTime() != null
        && !before.isTrue(ConditionType.Suspended)
        && after.runtimeStatus() != RuntimeStatus.Terminated
        && Objects.equals(before.createdTime(), after.createdTime())
        && Stage.of(before) != Stage.of(after);
  }
}
