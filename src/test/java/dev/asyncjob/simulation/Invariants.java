package dev.asyncjob.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.Phase;
import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.resource.SuspendPolicy;
import dev.asyncjob.simulation.Change.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in every history, whatever went wrong. Computed from the recorded versions alone,
 * without the lifecycle.
 */
final class Invariants {
  private final List<Change> changes;

  /** For each job, the version at which its running phase began. */
  private final Map<String, StoredJob> phaseBegins = new HashMap<>();

  /** The ids that the operator has given, and the attempt of the job it gave them to. */
  private final Map<String, String> derivedIds = new HashMap<>();

  private Invariants(List<Change> changes) {
    this.changes = changes;
  }

  static void check(World world) {
    new Invariants(world.server.changes()).check();
    checkTheEnd(world);
  }

  private void check() {
    for (var change : changes) {
      var decision = change.decision();
      if (decision == null) {
        continue;
      }
      try {
        if (change.after() == null) {
          checkDeletion(requireNonNull(change.before()), decision);
        } else {
          checkWrite(requireNonNull(change.before()), change.after(), decision);
        }
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\nin this change:\n" + change, e);
      }
    }
  }

  /** When nothing goes wrong any more and time passes, every job that can finish has finished. */
  private static void checkTheEnd(World world) {
    for (var job : world.server.list()) {
      var mayWait = !job.isReadable() || (job.isSuspended() && !job.owesRestart());
      assertThat(job.status().isFinished() || mayWait || isSuspendedAnew(job))
          .as("progress: %s is finished", job)
          .isTrue();
      if (job.isReadable()) {
        assertThat(job.status().observedGeneration())
            .as("progress: the last edit of %s is observed", job)
            .isEqualTo(job.generation());
        assertThat(job.owesRestart()).as("progress: %s owes no restart", job).isFalse();
        assertThat(job.spec().ttlSecondsAfterFinished() == null || !job.status().isFinished())
            .as("progress: %s outlived its time to live", job)
            .isTrue();
      }
    }
    var silence = World.TROUBLE.plus(World.PEACE).minusMinutes(10);
    assertThat(world.server.changes())
        .as("silence in the end")
        .allMatch(change -> change.at().compareTo(silence) < 0);
  }

  private static boolean isSuspendedAnew(StoredJob job) {
    return job.isSuspended() && job.status().isTrue(ConditionType.Suspended);
  }

  private static void checkDeletion(StoredJob job, Decision decision) {
    checkLock(job, decision);
    var seconds = job.spec().ttlSecondsAfterFinished();
    var timeToLive = seconds == null ? decision.timeToLive() : Duration.ofSeconds(seconds);
    assertThat(job.isReadable()).as("deleted, so readable").isTrue();
    assertThat(job.status().isFinished()).as("deleted, so finished").isTrue();
    assertThat(job.owesRestart()).as("deleted, so not restarted").isFalse();
    assertThat(requireNonNull(job.status().completionTime()).plus(timeToLive))
        .as("time to live at deletion")
        .isBeforeOrEqualTo(decision.clock());
  }

  /** The decision was made on the very version that it changed; so it cannot be another job's. */
  private static void checkLock(StoredJob before, Decision decision) {
    assertThat(decision.on()).as("version decided on").isEqualTo(before);
  }

  private void checkWrite(StoredJob job, StoredJob written, Decision decision) {
    checkLock(job, decision);
    var before = job.status();
    var after = written.status();
    checkTimesNeverFall(before, after);
    checkParts(after, job.generation());
    checkThatSomethingChanged(job, after);
    if (!job.isReadable()) {
      assertThat(after.isFinished()).as("finished though unreadable").isFalse();
      assertThat(State.of(after)).as("state of an unreadable job").isEqualTo(State.of(before));
      return;
    }
    if (Objects.equals(before.attempt(), after.attempt())) {
      checkSameAttempt(job, after, decision);
    } else {
      checkBegin(job, after, decision);
    }
    if (!before.isFinished() || !sameAttempt(before, after)) {
      assertThat(after.runtimeStatus() == RuntimeStatus.Terminated)
          .as("Terminated")
          .isEqualTo(job.spec().termination() != null);
    }
    if (!State.of(after).equals(State.of(before)) || !sameAttempt(before, after)) {
      phaseBegins.put(job.uid(), written);
    }
  }

  private static boolean sameAttempt(AsyncJobStatus before, AsyncJobStatus after) {
    return Objects.equals(before.attempt(), after.attempt());
  }

  private static void checkTimesNeverFall(AsyncJobStatus before, AsyncJobStatus after) {
    if (before.lastUpdatedTime() != null) {
      assertThat(after.lastUpdatedTime())
          .as("lastUpdatedTime")
          .isAfterOrEqualTo(before.lastUpdatedTime());
    }
    for (var type : ConditionType.values()) {
      before
          .condition(type)
          .ifPresent(
              old ->
                  assertThat(after.condition(type).orElseThrow().lastTransitionTime())
                      .as("lastTransitionTime of %s", type)
                      .isAfterOrEqualTo(old.lastTransitionTime()));
    }
  }

  /** The fields of one status fit together. */
  private static void checkParts(AsyncJobStatus status, long generation) {
    var isRunning = status.runtimeStatus() == RuntimeStatus.Running;
    var isSuspended = status.isTrue(ConditionType.Suspended);
    assertThat(status.observedGeneration()).as("observedGeneration").isEqualTo(generation);
    for (var condition : Objects.requireNonNullElse(status.conditions(), List.<Condition>of())) {
      assertThat(condition.observedGeneration()).as("that of %s", condition).isEqualTo(generation);
      assertThat(condition.reason()).as("reason of %s", condition).isNotBlank();
    }
    assertThat(status.isTrue(ConditionType.Finished)).as("Finished").isEqualTo(status.isFinished());
    assertThat(status.isTrue(ConditionType.Complete))
        .as("Complete")
        .isEqualTo(status.runtimeStatus() == RuntimeStatus.Completed);
    assertThat(status.isTrue(ConditionType.Failed))
        .as("Failed")
        .isEqualTo(status.isFinished() && status.runtimeStatus() != RuntimeStatus.Completed);
    assertThat(status.completionTime() != null).as("completionTime").isEqualTo(status.isFinished());
    assertThat(status.isTrue(ConditionType.Started)).as("Started").isEqualTo(hasStarted(status));
    if (isRunning) {
      assertThat(status.nextTransitionTime()).as("timer of a running job").isNotNull();
    }
    if (isSuspended || status.isFinished()) {
      assertThat(status.nextTransitionTime()).as("timer of a held or finished job").isNull();
    }
    if (status.remainingDuration() != null) {
      assertThat(isSuspended && hasStarted(status)).as("frozen").isTrue();
    }
    if (status.isFinished() || isRunning) {
      assertThat(isSuspended).as("Suspended").isFalse();
    }
    if (status.phases() != null) {
      var queued = status.phases().get(0);
      var inProgress = status.phases().get(1);
      assertThat(queued.endTime()).as("end of Queued").isEqualTo(inProgress.startTime());
    }
  }

  private static boolean hasStarted(AsyncJobStatus status) {
    return status.phases() != null && status.phases().get(0).startTime() != null;
  }

  /** One write for each change: of the state, by a suspension, or of the spec. */
  private static void checkThatSomethingChanged(StoredJob job, AsyncJobStatus after) {
    var before = job.status();
    var isChange =
        !sameAttempt(before, after)
            || !State.of(before).equals(State.of(after))
            || before.isTrue(ConditionType.Suspended) != after.isTrue(ConditionType.Suspended)
            || !Objects.equals(before.observedGeneration(), job.generation());
    assertThat(isChange).as("a write that was owed").isTrue();
  }

  /** The first write of an attempt. */
  private void checkBegin(StoredJob job, AsyncJobStatus after, Decision decision) {
    var before = job.status();
    if (before.attempt() == null) {
      assertThat(after.attempt()).as("first attempt").isEqualTo(1);
    } else {
      assertThat(before.isFinished()).as("restarted, so finished").isTrue();
      assertThat(job.owesRestart()).as("restarted, so asked for").isTrue();
      assertThat(after.attempt()).as("next attempt").isEqualTo(before.attempt() + 1);
      for (var condition : requireNonNull(before.conditions())) {
        if (condition.isTrue() && !after.isTrue(condition.type())) {
          assertThat(after.condition(condition.type()).map(Condition::reason))
              .as("reset of %s", condition.type())
              .hasValue("Restarted");
        }
      }
    }
    assertThat(after.restartNonce())
        .as("restartNonce")
        .isEqualTo(Objects.requireNonNullElse(job.spec().restartNonce(), 0L));
    assertThat(after.createdTime()).as("createdTime").isEqualTo(after.lastUpdatedTime());
    assertThat(State.of(after)).as("first state").isNotEqualTo(State.IN_PROGRESS);
    checkId(job, after);
    checkLengths(job, after);
    if (State.of(after) == State.QUEUED) {
      checkStart(job, after, decision);
      assertThat(requireNonNull(after.phases()).get(0).startTime())
          .as("start at the acceptance")
          .isEqualTo(after.createdTime());
    }
  }

  private void checkId(StoredJob job, AsyncJobStatus after) {
    var id = requireNonNull(after.thirdPartyJobId());
    if (job.spec().thirdPartyJobId() != null) {
      assertThat(id).as("thirdPartyJobId").isEqualTo(job.spec().thirdPartyJobId());
      return;
    }
    var attempt = job.uid() + "/" + after.attempt();
    assertThat(Optional.ofNullable(derivedIds.put(id, attempt)).orElse(attempt))
        .as("who else has the id %s", id)
        .isEqualTo(attempt);
  }

  private static void checkLengths(StoredJob job, AsyncJobStatus after) {
    if (job.spec().jitterPercent() == null) {
      var phases = requireNonNull(after.phases());
      checkLength(phases.get(0), job.spec().queuedDuration());
      checkLength(phases.get(1), job.spec().inProgressDuration());
    }
  }

  private static void checkLength(Phase phase, @Nullable Duration wanted) {
    if (wanted != null && phase.endTime() == null) {
      assertThat(phase.duration()).as("length of %s", phase.name()).isEqualTo(wanted);
    }
  }

  private void checkSameAttempt(StoredJob job, AsyncJobStatus after, Decision decision) {
    var before = job.status();
    if (before.isFinished()) {
      assertThat(withoutGenerations(after))
          .as("a finished attempt")
          .isEqualTo(withoutGenerations(before));
      return;
    }
    assertThat(after.thirdPartyJobId()).as("id").isEqualTo(before.thirdPartyJobId());
    assertThat(after.createdTime()).as("createdTime").isEqualTo(before.createdTime());
    checkLengths(job, after);
    checkRecord(requireNonNull(before.phases()), requireNonNull(after.phases()));
    var from = State.of(before);
    var to = State.of(after);
    if (to == from) {
      checkTimer(job, after, decision);
      return;
    }
    if (after.runtimeStatus() == RuntimeStatus.Terminated) {
      return;
    }
    assertThat(job.isSuspended()).as("going on though suspended").isFalse();
    if (before.nextTransitionTime() != null) {
      assertThat(before.observedGeneration()).as("edit before %s", to).isEqualTo(job.generation());
      assertThat(before.nextTransitionTime())
          .as("due time of %s", to)
          .isBeforeOrEqualTo(decision.clock());
    }
    if (from == State.WAITING) {
      if (to == State.QUEUED) {
        checkStart(job, after, decision);
      } else {
        assertThat(reasonOfFailure(after)).as("never started").hasValue("OutputTooLarge");
      }
      return;
    }
    assertThat(to)
        .as("state after %s", from)
        .isEqualTo(from == State.QUEUED ? State.IN_PROGRESS : State.ENDED);
    checkEnd(job, from == State.QUEUED ? 0 : 1, after, decision);
    if (to == State.ENDED) {
      assertThat(after.completionTime()).as("completionTime").isEqualTo(after.lastUpdatedTime());
    }
  }

  private static Optional<String> reasonOfFailure(AsyncJobStatus status) {
    return status.condition(ConditionType.Failed).map(Condition::reason);
  }

  /** What is recorded of a phase stays. */
  private static void checkRecord(List<Phase> before, List<Phase> after) {
    for (int i = 0; i < before.size(); i++) {
      var phase = before.get(i);
      if (phase.startTime() != null) {
        assertThat(after.get(i).startTime())
            .as("start of %s", phase.name())
            .isEqualTo(phase.startTime());
      }
      if (phase.endTime() != null) {
        assertThat(after.get(i)).as("phase that has ended").isEqualTo(phase);
      }
    }
  }

  private static void checkStart(StoredJob job, AsyncJobStatus after, Decision decision) {
    var start = requireNonNull(requireNonNull(after.phases()).get(0).startTime());
    assertThat(start).as("start").isAfterOrEqualTo(after.createdTime());
    assertThat(job.isSuspended()).as("started though suspended").isFalse();
    var notBefore = job.spec().notBeforeTime();
    if (notBefore != null) {
      assertThat(notBefore).as("notBeforeTime").isBeforeOrEqualTo(decision.clock());
      assertThat(notBefore).as("notBeforeTime").isBeforeOrEqualTo(start);
    }
  }

  private void checkEnd(StoredJob job, int index, AsyncJobStatus after, Decision decision) {
    var phase = requireNonNull(after.phases()).get(index);
    var due = dueTime(phase);
    assertThat(due).as("due by the record").isBeforeOrEqualTo(decision.clock());
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

  /** A write within one state: what becomes of the due time. */
  private static void checkTimer(StoredJob job, AsyncJobStatus after, Decision decision) {
    var before = job.status();
    var state = State.of(after);
    if (state != State.QUEUED && state != State.IN_PROGRESS) {
      return;
    }
    int index = state == State.QUEUED ? 0 : 1;
    var old = requireNonNull(before.phases()).get(index);
    var phase = requireNonNull(after.phases()).get(index);
    var isLonger = !old.duration().equals(phase.duration());
    var now = decision.clock().truncatedTo(ChronoUnit.MILLIS);
    var wasSuspended = before.isTrue(ConditionType.Suspended);
    var isSuspended = after.isTrue(ConditionType.Suspended);
    var wasReadable = before.runtimeStatus() != RuntimeStatus.Pending;
    assertThat(isSuspended).as("suspended as the spec says").isEqualTo(job.isSuspended());
    if (!wasSuspended && !isSuspended && wasReadable) {
      assertThat(after.nextTransitionTime())
          .as("timer after an edit")
          .isEqualTo(isLonger ? later(dueTime(phase), now) : before.nextTransitionTime());
    } else if (!wasSuspended && !isSuspended) {
      assertThat(after.nextTransitionTime())
          .as("timer after a repair")
          .isEqualTo(isLonger ? later(dueTime(phase), now) : dueTime(phase));
    } else if (!wasSuspended && wasReadable && !isLonger) {
      assertThat(after.remainingDuration())
          .as("remaining time")
          .isEqualTo(
              job.spec().suspendPolicy() == SuspendPolicy.Continue
                  ? null
                  : atLeastZero(
                      Duration.between(now, requireNonNull(before.nextTransitionTime()))));
    } else if (wasSuspended && isSuspended && before.remainingDuration() != null) {
      assertThat(after.remainingDuration())
          .as("remaining time after an edit")
          .isEqualTo(
              atLeastZero(before.remainingDuration().plus(phase.duration()).minus(old.duration())));
    } else if (wasSuspended && !isSuspended) {
      checkResumption(before, old, after, phase);
    }
    if (!wasSuspended || isSuspended) {
      assertThat(frozen(phase)).as("frozen time without resumption").isEqualTo(frozen(old));
    }
  }

  private static void checkResumption(
      AsyncJobStatus before, Phase old, AsyncJobStatus after, Phase phase) {
    var at = requireNonNull(after.lastUpdatedTime());
    if (before.remainingDuration() == null) {
      assertThat(after.nextTransitionTime())
          .as("timer that ran on")
          .isEqualTo(later(dueTime(phase), at));
      return;
    }
    var edited = phase.duration().minus(old.duration());
    assertThat(after.nextTransitionTime())
        .as("timer that was frozen")
        .isEqualTo(at.plus(atLeastZero(before.remainingDuration().plus(edited))));
    var since = before.condition(ConditionType.Suspended).orElseThrow().lastTransitionTime();
    assertThat(frozen(phase))
        .as("frozen time")
        .isEqualTo(frozen(old).plus(Duration.between(since, at)));
  }

  private static Instant dueTime(Phase phase) {
    return requireNonNull(phase.startTime()).plus(phase.duration()).plus(frozen(phase));
  }

  private static Duration frozen(Phase phase) {
    return Objects.requireNonNullElse(phase.frozenDuration(), Duration.ZERO);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static AsyncJobStatus withoutGenerations(AsyncJobStatus status) {
    return status.toBuilder()
        .observedGeneration(null)
        .conditions(requireNonNull(status.conditions()).stream().map(c -> c.observedAt(0)).toList())
        .build();
  }

  /** How far an attempt has come, suspended or not. */
  private enum State {
    WAITING,
    QUEUED,
    IN_PROGRESS,
    ENDED;

    static State of(AsyncJobStatus status) {
      if (status.isFinished()) {
        return ENDED;
      }
      if (status.customStatus() == null) {
        return WAITING;
      }
      return status.customStatus() == CustomStatus.Queued ? QUEUED : IN_PROGRESS;
    }
  }
}
