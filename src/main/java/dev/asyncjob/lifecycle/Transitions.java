package dev.asyncjob.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.Outcome;
import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.resource.SuspendPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Each change of a job's state, as a function from a status to the next. Due times are compared
 * with the clock as it is; what is recorded as the moment of the change never lies before the last
 * one, so that a clock that jumps back undoes nothing.
 */
final class Transitions {
  /** The most that spec.outcome.output may hold, in bytes as compact JSON. */
  private static final int MAX_OUTPUT_SIZE = 16 * 1024;

  private static final int MAX_MESSAGE_LENGTH = 1024;

  private final Job job;
  private final Plan plan;
  private final Instant now;
  private final Instant at;

  Transitions(Job job, Plan plan, Instant now) {
    this.job = job;
    this.plan = plan;
    this.now = now;
    var last = job.status().lastUpdatedTime();
    this.at = last != null && last.isAfter(now) ? last : now;
  }

  /** The first status of an attempt: Queued at once, unless something holds or ends it. */
  AsyncJobStatus begun() {
    var old = job.status();
    var recorded = Optional.ofNullable(old.attempt());
    int attempt = recorded.map(n -> old.isFinished() ? n + 1 : n).orElse(1);
    var id = job.spec().thirdPartyJobId();
    var conditions = conditions(old);
    if (!old.isFinished()) {
      conditions.lower(ConditionType.Stalled, "SpecReadable", at);
    }
    var opened =
        new AsyncJobStatus.Builder()
            .observedGeneration(job.generation())
            .runtimeStatus(RuntimeStatus.Pending)
            .thirdPartyJobId(id == null ? ThirdPartyJobId.of(job.uid(), attempt) : id)
            .attempt(attempt)
            .restartNonce(job.restartNonce())
            .createdTime(at)
            .lastUpdatedTime(at)
            .phases(plan.fresh(attempt))
            .message("")
            .conditions(conditions.lowerAll("Restarted", at).list())
            .build();
    if (job.spec().termination() != null) {
      return terminated(opened);
    }
    return job.wantsSuspension() ? suspended(opened) : started(opened, at);
  }

  AsyncJobStatus suspended(AsyncJobStatus status) {
    var held =
        status.toBuilder()
            .lastUpdatedTime(at)
            .nextTransitionTime(null)
            .conditions(
                conditions(status)
                    .raise(ConditionType.Suspended, "Suspended", "spec.suspend is true", at)
                    .list());
    if (Plan.running(status) == null) {
      return held.runtimeStatus(RuntimeStatus.Pending).build();
    }
    if (job.spec().suspendPolicy() != SuspendPolicy.Continue) {
      var due = requireNonNull(status.nextTransitionTime());
      held.remainingDuration(Plan.atLeastZero(Duration.between(now, due)));
    }
    return held.runtimeStatus(RuntimeStatus.Suspended).build();
  }

  AsyncJobStatus resumed(AsyncJobStatus status) {
    var since = status.condition(ConditionType.Suspended).orElseThrow().lastTransitionTime();
    var released =
        status.toBuilder()
            .lastUpdatedTime(at)
            .remainingDuration(null)
            .conditions(conditions(status).lower(ConditionType.Suspended, "Resumed", at).list());
    var running = Plan.running(status);
    if (running == null) {
      return started(released.build(), at);
    }
    released.runtimeStatus(RuntimeStatus.Running);
    if (status.remainingDuration() == null) {
      var due = Plan.dueTime(running);
      return released.nextTransitionTime(due.isAfter(at) ? due : at).build();
    }
    var before = running.frozenDuration() == null ? Duration.ZERO : running.frozenDuration();
    var frozen = running.frozenFor(before.plus(Duration.between(since, at)));
    switch (running.name()) {
      case Queued -> released.phases(frozen, Plan.inProgress(status));
      case InProgress -> released.phases(Plan.queued(status), frozen);
    }
    return released.nextTransitionTime(at.plus(status.remainingDuration())).build();
  }

  AsyncJobStatus terminated(AsyncJobStatus status) {
    var reason = requireNonNull(job.spec().termination()).reason();
    return failed(status, RuntimeStatus.Terminated, "Terminated", reason == null ? "" : reason);
  }

  /** The spec cannot be read: the timer stops until it is repaired, and all else is kept. */
  AsyncJobStatus stalled(String problem) {
    if (job.isObserved() && job.status().isTrue(ConditionType.Stalled)) {
      return job.status(); // Another version of the program may put the problem in other words.
    }
    var message = problem.substring(0, Math.min(problem.length(), MAX_MESSAGE_LENGTH));
    return job.status().toBuilder()
        .observedGeneration(job.generation())
        .runtimeStatus(RuntimeStatus.Pending)
        .nextTransitionTime(null)
        .message(message)
        .conditions(
            conditions(job.status())
                .raise(ConditionType.Stalled, "SpecUnreadable", message, at)
                .list())
        .build();
  }

  /** What follows when the timer has run out. */
  AsyncJobStatus due(AsyncJobStatus status, Instant due) {
    var running = Plan.running(status);
    if (running == null) {
      return started(status, due);
    }
    return switch (running.name()) {
      case Queued -> inProgress(status, due);
      case InProgress -> ended(status, due);
    };
  }

  /** Queued from the given time on, or Pending until notBeforeTime. */
  private AsyncJobStatus started(AsyncJobStatus status, Instant start) {
    if (outputSize() > MAX_OUTPUT_SIZE) {
      return outputTooLarge(status);
    }
    if (plan.notBefore().isAfter(now)) {
      return status.toBuilder().nextTransitionTime(plan.earliestStart(status)).build();
    }
    var queued = Plan.queued(status).startedAt(start);
    return status.toBuilder()
        .runtimeStatus(RuntimeStatus.Running)
        .customStatus(CustomStatus.Queued)
        .lastUpdatedTime(at)
        .nextTransitionTime(Plan.dueTime(queued))
        .phases(queued, Plan.inProgress(status))
        .conditions(
            conditions(status)
                .raise(ConditionType.Started, "Started", "Queued has begun", at)
                .list())
        .build();
  }

  private AsyncJobStatus inProgress(AsyncJobStatus status, Instant due) {
    var inProgress = Plan.inProgress(status).startedAt(due);
    return status.toBuilder()
        .customStatus(CustomStatus.InProgress)
        .lastUpdatedTime(at)
        .nextTransitionTime(Plan.dueTime(inProgress))
        .phases(Plan.queued(status).endedAt(due), inProgress)
        .build();
  }

  private AsyncJobStatus ended(AsyncJobStatus status, Instant due) {
    var last =
        status.toBuilder()
            .phases(Plan.queued(status), Plan.inProgress(status).endedAt(due))
            .build();
    if (outputSize() > MAX_OUTPUT_SIZE) {
      return outputTooLarge(last);
    }
    var outcome = job.spec().outcome();
    if (outcome != null && fails(outcome)) {
      var reason = outcome.reason() == null ? "Failed" : outcome.reason();
      var message = outcome.message() == null ? "" : outcome.message();
      return failed(failedItself(last), RuntimeStatus.Failed, reason, message);
    }
    return finished(last, RuntimeStatus.Completed)
        .customStatus(CustomStatus.Completed)
        .output(outcome == null ? null : outcome.output())
        .conditions(
            conditions(last)
                .raise(ConditionType.Finished, "Completed", "", at)
                .raise(ConditionType.Complete, "Completed", "", at)
                .list())
        .build();
  }

  private boolean fails(Outcome outcome) {
    var percent = Optional.ofNullable(outcome.failurePercent()).orElse(0);
    var attempt = requireNonNull(job.status().attempt());
    return Draw.happens(percent, job.uid(), attempt, CustomStatus.Completed.name());
  }

  private int outputSize() {
    return Optional.ofNullable(job.spec().outcome())
        .map(Outcome::output)
        .map(output -> output.size())
        .orElse(0);
  }

  private AsyncJobStatus outputTooLarge(AsyncJobStatus status) {
    var message =
        "spec.outcome.output must be at most %d bytes as compact JSON, and is %d"
            .formatted(MAX_OUTPUT_SIZE, outputSize());
    return failed(failedItself(status), RuntimeStatus.Failed, "OutputTooLarge", message);
  }

  private static AsyncJobStatus failedItself(AsyncJobStatus status) {
    return status.toBuilder().customStatus(CustomStatus.Failed).build();
  }

  private AsyncJobStatus failed(
      AsyncJobStatus status, RuntimeStatus end, String reason, String message) {
    return finished(status, end)
        .message(message)
        .conditions(
            conditions(status)
                .raise(ConditionType.Finished, reason, message, at)
                .raise(ConditionType.Failed, reason, message, at)
                .raise(ConditionType.Stalled, reason, message, at)
                .lower(ConditionType.Suspended, reason, at)
                .list())
        .build();
  }

  private AsyncJobStatus.Builder finished(AsyncJobStatus status, RuntimeStatus end) {
    return status.toBuilder()
        .runtimeStatus(end)
        .lastUpdatedTime(at)
        .completionTime(at)
        .nextTransitionTime(null)
        .remainingDuration(null);
  }

  private Conditions conditions(AsyncJobStatus status) {
    return Conditions.of(status, job.generation());
  }
}
