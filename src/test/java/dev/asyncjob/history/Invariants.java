package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.RuntimeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What must hold for each change of a history, whatever went wrong. Computed from the recorded
 * versions alone, without the lifecycle. The changes are to come in the order in which they
 * happened; what one of them breaks is an {@link AssertionError}.
 */
public final class Invariants {
  private final AttemptRules attempts = new AttemptRules();

  /** For each job, the version at which its running phase began. */
  private final Map<String, StoredJob> phaseBegins = new HashMap<>();

  /** Jobs whose attempt has a record that is not the operator's alone. */
  private final Set<String> disturbed = new HashSet<>();

  public void check(Change change) {
    var uid = change.job().uid();
    var cause = change.cause();
    if (cause instanceof Cause.Operator operator) {
      checkOperator(requireNonNull(change.before()), change, operator.decision());
    } else if (cause instanceof Cause.Foreigner) {
      disturbed.add(uid);
    } else if (cause instanceof Cause.Unknown) {
      phaseBegins.remove(uid);
    }
    if (change.after() == null) {
      phaseBegins.remove(uid);
      disturbed.remove(uid);
    }
  }

  private void checkOperator(StoredJob before, Change change, Decision decision) {
    // The decision was made on the very version that it changed; so it cannot be another job's.
    assertThat(decision.on()).as("version decided on").isEqualTo(before);
    var after = change.after();
    if (after == null) {
      checkDeletion(before, decision);
      return;
    }
    var begins = !sameAttempt(before.status(), after.status());
    try {
      if (disturbed.contains(before.uid())) {
        DisturbedRules.check(before, after.status(), decision);
      } else {
        checkWrite(before, after.status(), decision);
      }
    } finally {
      // Whatever is wrong with this version: the next one is judged by it.
      if (begins || Stage.of(before.status()) != Stage.of(after.status())) {
        phaseBegins.put(before.uid(), after);
      }
      if (begins) {
        disturbed.remove(before.uid());
      }
    }
  }

  private static void checkDeletion(StoredJob job, Decision decision) {
    var seconds = job.spec().ttlSecondsAfterFinished();
    var timeToLive =
        Optional.ofNullable(seconds).map(s -> Duration.ofSeconds(s)).or(decision::timeToLive);
    assertThat(job.isReadable()).as("deleted by no user, so readable").isTrue();
    assertThat(job.status().isFinished()).as("deleted by no user, so finished").isTrue();
    assertThat(job.owesRestart()).as("deleted by no user, so not restarted").isFalse();
    assertThat(timeToLive).as("deleted by no user, so of a time to live").isPresent();
    assertThat(requireNonNull(job.status().completionTime()).plus(timeToLive.get()))
        .as("time to live at deletion")
        .isBeforeOrEqualTo(decision.latest());
  }

  private void checkWrite(StoredJob job, AsyncJobStatus after, Decision decision) {
    var before = job.status();
    RecordRules.checkTimes(before, after, decision);
    StatusRules.check(after, job.generation());
    RecordRules.checkThatSomethingChanged(job, after);
    if (!job.isReadable()) {
      assertThat(after.isFinished()).as("finished though unreadable").isFalse();
      assertThat(Stage.of(after)).as("state of an unreadable job").isEqualTo(Stage.of(before));
      return;
    }
    if (sameAttempt(before, after)) {
      checkSameAttempt(job, after, decision);
    } else {
      attempts.checkBegin(job, after, decision);
    }
    if (!before.isFinished() || !sameAttempt(before, after)) {
      assertThat(after.runtimeStatus() == RuntimeStatus.Terminated)
          .as("Terminated")
          .isEqualTo(job.spec().termination() != null);
    }
  }

  static boolean sameAttempt(AsyncJobStatus before, AsyncJobStatus after) {
    return Objects.equals(before.attempt(), after.attempt());
  }

  private void checkSameAttempt(StoredJob job, AsyncJobStatus after, Decision decision) {
    var before = job.status();
    if (before.isFinished()) {
      RecordRules.checkFinished(before, after);
      return;
    }
    RecordRules.checkAttempt(before, after);
    AttemptRules.checkLengths(job, after);
    var from = Stage.of(before);
    var to = Stage.of(after);
    if (to == from) {
      TimerRules.check(job, after, decision);
    } else if (after.runtimeStatus() != RuntimeStatus.Terminated) {
      checkTransition(job, after, decision);
    }
  }

  private void checkTransition(StoredJob job, AsyncJobStatus after, Decision decision) {
    var before = job.status();
    var from = Stage.of(before);
    var to = Stage.of(after);
    assertThat(job.wantsSuspension()).as("going on though suspended").isFalse();
    if (before.nextTransitionTime() != null) {
      assertThat(before.observedGeneration()).as("edit before %s", to).isEqualTo(job.generation());
      assertThat(before.nextTransitionTime())
          .as("due time of %s", to)
          .isBeforeOrEqualTo(decision.latest());
    }
    if (from == Stage.WAITING) {
      if (to == Stage.QUEUED) {
        AttemptRules.checkStart(job, after, decision);
      } else {
        assertThat(reasonOfFailure(after)).as("never started").hasValue("OutputTooLarge");
      }
      return;
    }
    assertThat(to)
        .as("state after %s", from)
        .isEqualTo(from == Stage.QUEUED ? Stage.IN_PROGRESS : Stage.ENDED);
    checkEnd(job, from == Stage.QUEUED ? 0 : 1, after, decision.latest());
    if (to == Stage.ENDED) {
      assertThat(after.completionTime()).as("completionTime").isEqualTo(after.lastUpdatedTime());
    }
  }

  private static Optional<String> reasonOfFailure(AsyncJobStatus status) {
    return status.condition(ConditionType.Failed).map(Condition::reason);
  }

  private void checkEnd(StoredJob job, int index, AsyncJobStatus after, Instant latest) {
    var phase = requireNonNull(after.phases()).get(index);
    var due = Due.of(phase);
    assertThat(due).as("due by the record").isBeforeOrEqualTo(latest);
    assertThat(phase.endTime()).as("end of %s", phase.name()).isAfterOrEqualTo(due);
    assertThat(phase.endTime())
        .as("end of %s", phase.name())
        .isEqualTo(job.status().nextTransitionTime());
    var begin = phaseBegins.get(job.uid());
    if (begin != null && begin.generation() == job.generation()) {
      assertThat(phase.endTime()).as("end of %s, undisturbed", phase.name()).isEqualTo(due);
      assertThat(phase.frozenDuration()).as("frozen, undisturbed").isNull();
    }
  }
}
