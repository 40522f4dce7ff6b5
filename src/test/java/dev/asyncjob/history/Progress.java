package dev.asyncjob.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** When nothing goes wrong any more and time passes, all that is owed to a job gets done. */
public final class Progress {
  private final Instant settled;
  private final Optional<Duration> timeToLive;

  /**
   * @param settled what was due before, or asked for before, is to be done
   * @param timeToLive the operator's default
   */
  public Progress(Instant settled, Optional<Duration> timeToLive) {
    this.settled = settled;
    this.timeToLive = timeToLive;
  }

  /** What is still owed to a job whose newest version was stored at the given time. */
  public Optional<String> owed(StoredJob job, Instant stored) {
    if (!job.isReadable() || !stored.isBefore(settled)) {
      return Optional.empty();
    }
    var status = job.status();
    if (!Objects.equals(status.observedGeneration(), job.generation())) {
      return Optional.of("the last edit is observed");
    }
    return status.isFinished() ? owedToFinished(job) : owedToUnfinished(job);
  }

  private Optional<String> owedToFinished(StoredJob job) {
    if (job.owesRestart()) {
      return Optional.of("the restart that was asked for");
    }
    var end = job.status().completionTime(); // Absent only where somebody else has written.
    return Optional.ofNullable(job.spec().ttlSecondsAfterFinished())
        .map(seconds -> Duration.ofSeconds(seconds))
        .or(() -> timeToLive)
        .flatMap(ttl -> Optional.ofNullable(end).map(time -> time.plus(ttl)))
        .filter(deletion -> deletion.isBefore(settled))
        .map(deletion -> "the deletion that was due at " + deletion);
  }

  private Optional<String> owedToUnfinished(StoredJob job) {
    if (job.wantsSuspension()) {
      return job.isSuspended() ? Optional.empty() : Optional.of("the suspension");
    }
    var due = job.status().nextTransitionTime();
    if (due == null) {
      return Optional.of("a timer");
    }
    return due.isBefore(settled) ? Optional.of("what was due at " + due) : Optional.empty();
  }
}
