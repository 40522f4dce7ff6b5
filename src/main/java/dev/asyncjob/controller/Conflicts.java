package dev.asyncjob.controller;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Since when a job's writes are refused because it is not what the watch has delivered. A moment,
 * as a rule; when it stays so, the watch is not what it seems, and only a new list helps: etcd went
 * back in time, and its versions come a second time, or an event was lost on the way.
 */
final class Conflicts {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private record Conflict(String version, long since) {}

  private final LongSupplier nanoTime;
  private final Map<String, Conflict> conflicts = new ConcurrentHashMap<>();

  Conflicts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A write on a version was refused; returns whether that has been so for too long. */
  boolean areStuck(String job, String version) {
    var now = nanoTime.getAsLong();
    var conflict =
        conflicts.compute(
            job,
            (same, earlier) ->
                earlier == null || !earlier.version().equals(version)
                    ? new Conflict(version, now)
                    : earlier);
    return now - conflict.since() >= LIMIT.toNanos();
  }

  /** The job has been written, or is gone. */
  void end(String job) {
    conflicts.remove(job);
  }
}
