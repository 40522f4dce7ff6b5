package dev.asyncjob.lifecycle;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.ConditionType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a job becomes, and when to look at it again.
 *
 * <pre>
 * Pending -> Queued -> InProgress -> Completed | Failed     any unfinished -> Terminated
 * Queued, InProgress &lt;-> Suspended                           any finished -> the next attempt
 * </pre>
 *
 * <p>Three rules carry it. A phase ends at its start + duration (+ frozen time), and the next one
 * starts at that <em>due</em> time, whenever it was noticed: so lateness never adds up, and after
 * an outage every state that is owed is written, in order, each once. All that is needed to go on
 * stands in the status. And every answer follows from the arguments alone: it is the same after any
 * crash.
 */
public final class Lifecycle {
  private final Defaults defaults;

  public Lifecycle(Defaults defaults) {
    this.defaults = defaults;
  }

  /** The one thing to do with a job at the given moment. */
  public Step next(Job job, Instant clock) {
    var now = clock.truncatedTo(ChronoUnit.MILLIS);
    return job.status().isFinished() ? finished(job, now) : unfinished(job, now);
  }

  /**
   * When there is something to do with a job: a time in the past if it is overdue, and none if only
   * a change of the job can make something due.
   */
  public Optional<Instant> dueTime(Job job, Instant clock) {
    var step = next(job, clock);
    if (step instanceof Step.Wait wait) {
      return Optional.of(wait.until());
    }
    if (step instanceof Step.Rest) {
      return Optional.empty();
    }
    var transition = job.status().nextTransitionTime();
    return Optional.of(transition != null && transition.isBefore(clock) ? transition : clock);
  }

  private Step unfinished(Job job, Instant now) {
    var decided = decided(job, now);
    if (!decided.equals(job.status())) {
      return new Step.Write(decided);
    }
    var due = decided.nextTransitionTime();
    return due == null ? new Step.Rest() : new Step.Wait(due);
  }

  /** The order of things: termination, then suspension, then edits, then what is due. */
  private AsyncJobStatus decided(Job job, Instant now) {
    var plan = new Plan(job, defaults, now);
    var transitions = new Transitions(job, plan, now);
    if (job.specProblem().isPresent()) {
      return transitions.stalled(job.specProblem().get());
    }
    if (!plan.isRecorded()) {
      return transitions.begun();
    }
    var edited = plan.edited();
    if (job.spec().termination() != null) {
      return transitions.terminated(edited);
    }
    if (job.wantsSuspension() != edited.isTrue(ConditionType.Suspended)) {
      return job.wantsSuspension() ? transitions.suspended(edited) : transitions.resumed(edited);
    }
    if (!edited.equals(job.status())) {
      return edited;
    }
    var due = edited.nextTransitionTime();
    return due == null || due.isAfter(now) ? edited : transitions.due(edited, due);
  }

  private Step finished(Job job, Instant now) {
    if (job.specProblem().isPresent()) {
      return new Step.Rest(); // It may ask to be kept, or to be restarted: nobody can tell.
    }
    if (job.wantsRestart()) {
      return new Step.Write(new Transitions(job, new Plan(job, defaults, now), now).begun());
    }
    var deletion = deletionTime(job);
    if (deletion.isPresent() && !deletion.get().isAfter(now)) {
      return new Step.Delete();
    }
    var observed = Plan.observed(job).build();
    if (!observed.equals(job.status())) {
      return new Step.Write(observed);
    }
    return deletion.isPresent() ? new Step.Wait(deletion.get()) : new Step.Rest();
  }

  private Optional<Instant> deletionTime(Job job) {
    var seconds = job.spec().ttlSecondsAfterFinished();
    var end = job.status().completionTime();
    return Optional.ofNullable(seconds)
        .map(Duration::ofSeconds)
        .or(defaults::timeToLive)
        .flatMap(ttl -> Optional.ofNullable(end).map(finish -> finish.plus(ttl)));
  }
}
