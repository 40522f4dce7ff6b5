package dev.asyncjob.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.resource.Phase;
import dev.asyncjob.resource.PhaseName;
import dev.asyncjob.resource.RuntimeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two phases of an attempt: how long they take, when the running one is due, and how both
 * follow the edits of a spec. A duration that the spec does not give is the operator's default when
 * the attempt is accepted, and what the status records of it from then on.
 */
final class Plan {
  private final Job job;
  private final Defaults defaults;
  private final Instant now;

  Plan(Job job, Defaults defaults, Instant now) {
    this.job = job;
    this.defaults = defaults;
    this.now = now;
  }

  /** Whether the status holds the plan of an attempt. */
  boolean isRecorded() {
    var phases = job.status().phases();
    return job.status().attempt() != null
        && phases != null
        && phases.size() == 2
        && phases.get(0).name() == PhaseName.Queued
        && phases.get(1).name() == PhaseName.InProgress
        && (phases.get(0).endTime() == null || phases.get(1).startTime() != null);
  }

  /** The phases of a new attempt. */
  Phase[] fresh(int attempt) {
    return new Phase[] {
      Phase.planned(
          PhaseName.Queued, duration(PhaseName.Queued, attempt, defaults.queuedDuration())),
      Phase.planned(
          PhaseName.InProgress,
          duration(PhaseName.InProgress, attempt, defaults.inProgressDuration()))
    };
  }

  /**
   * The status with the spec's edits in it. A phase that has ended does not change. A due time that
   * an edit moves into the past becomes the moment at which the edit was seen.
   */
  AsyncJobStatus edited() {
    var status = job.status();
    var suspended = status.isTrue(ConditionType.Suspended);
    var timerIsMissing = !suspended && status.nextTransitionTime() == null;
    if (job.isObserved() && !status.isTrue(ConditionType.Stalled) && !timerIsMissing) {
      return status;
    }
    var attempt = requireNonNull(status.attempt());
    var queued = edited(queued(status), attempt);
    var inProgress = edited(inProgress(status), attempt);
    var edited = observed(job).phases(queued, inProgress);
    if (status.isTrue(ConditionType.Stalled)) {
      edited
          .conditions(
              Conditions.of(status, job.generation())
                  .lower(ConditionType.Stalled, "SpecReadable", now)
                  .list())
          .message("");
    }
    var old = running(status);
    if (old == null) {
      return edited
          .runtimeStatus(RuntimeStatus.Pending)
          .nextTransitionTime(suspended ? null : startTime(status))
          .build();
    }
    var running = old.name() == PhaseName.Queued ? queued : inProgress;
    var longer = running.duration().minus(old.duration());
    if (status.remainingDuration() != null) {
      edited.remainingDuration(atLeastZero(status.remainingDuration().plus(longer)));
    }
    var due = status.nextTransitionTime() == null ? dueTime(old) : status.nextTransitionTime();
    var newDue = longer.isZero() ? due : laterOfNow(dueTime(running));
    return edited
        .runtimeStatus(suspended ? RuntimeStatus.Suspended : RuntimeStatus.Running)
        .nextTransitionTime(suspended ? null : newDue)
        .build();
  }

  /** The status, and each of its conditions, with the job's generation as the observed one. */
  static AsyncJobStatus.Builder observed(Job job) {
    var builder = job.status().toBuilder().observedGeneration(job.generation());
    return job.status().conditions() == null
        ? builder
        : builder.conditions(Conditions.of(job.status(), job.generation()).list());
  }

  /** When the job may start; long ago, if its spec does not say. */
  Instant notBefore() {
    var time = job.spec().notBeforeTime();
    return time == null ? Instant.MIN : time;
  }

  /** The later of acceptance and notBeforeTime. */
  Instant earliestStart(AsyncJobStatus status) {
    var accepted = status.createdTime();
    return accepted != null && accepted.isAfter(notBefore()) ? accepted : notBefore();
  }

  /** When a job that waits for its start is due: a start that is owed already does not move. */
  private Instant startTime(AsyncJobStatus status) {
    var earliest = earliestStart(status);
    var recorded = status.nextTransitionTime();
    return recorded != null && !recorded.isAfter(now) && !earliest.isAfter(recorded)
        ? recorded
        : laterOfNow(earliest);
  }

  static Phase queued(AsyncJobStatus status) {
    return requireNonNull(status.phases()).get(0);
  }

  static Phase inProgress(AsyncJobStatus status) {
    return requireNonNull(status.phases()).get(1);
  }

  /** The phase whose wait has begun and not ended; null before the start. */
  static @Nullable Phase running(AsyncJobStatus status) {
    if (queued(status).startTime() == null) {
      return null;
    }
    return queued(status).endTime() == null ? queued(status) : inProgress(status);
  }

  static Instant dueTime(Phase started) {
    var frozen = started.frozenDuration() == null ? Duration.ZERO : started.frozenDuration();
    return requireNonNull(started.startTime()).plus(started.duration()).plus(frozen);
  }

  static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private Phase edited(Phase phase, int attempt) {
    return phase.endTime() != null || job.duration(phase.name()).isEmpty()
        ? phase
        : phase.lasting(duration(phase.name(), attempt, phase.duration()));
  }

  private Duration duration(PhaseName phase, int attempt, Duration otherwise) {
    var percent = Optional.ofNullable(job.spec().jitterPercent()).orElse(0);
    var base = job.duration(phase).orElse(otherwise);
    return DurationText.representable(Draw.jitter(base, percent, job.uid(), attempt, phase.name()));
  }

  private Instant laterOfNow(Instant time) {
    return time.isAfter(now) ? time : now;
  }
}
