package dev.asyncjob.benchmark;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.CustomStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How late transitions were, against the due times that the status holds, which are the schedule:
 * no queue before the write can hide. In microseconds.
 */
final class Lateness {
  /** Up to the moment that the operator recorded, just before the write. */
  final Histogram recorded = histogram();

  /** Up to the moment at which a watch had the event. */
  final Histogram seen = histogram();

  static Histogram histogram() {
    return new Histogram(TimeUnit.HOURS.toMicros(1), 3);
  }

  /** Records a version of a job; only those that are the first of a state may be given. */
  synchronized void record(AsyncJob job, Instant arrival) {
    var status = job.getStatus();
    due(status)
        .ifPresent(
            due -> {
              add(recorded, due, requireNonNull(status.lastUpdatedTime()));
              add(seen, due, arrival);
            });
  }

  /** When the last transition was due; empty for the beginning, which is not. */
  static Optional<Instant> due(AsyncJobStatus status) {
    return Optional.ofNullable(status.phases())
        .filter(phases -> status.customStatus() != CustomStatus.Queued)
        .map(
            phases ->
                phases.get(status.customStatus() == CustomStatus.InProgress ? 0 : 1).endTime());
  }

  private static void add(Histogram histogram, Instant due, Instant moment) {
    histogram.recordValue(Math.max(0, micros(Duration.between(due, moment))));
  }

  static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
