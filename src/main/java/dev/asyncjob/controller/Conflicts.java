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
  /** Longer than a watch may be silent before it is started anew, which is the gentler help. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A refused write is soon tried again; what comes later than this is another conflict. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(10);

  private record Series(String version, long first, long latest) {}

  private final LongSupplier nanoTime;
  private final Map<String, Series> byJob = new ConcurrentHashMap<>();

  Conflicts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * A write was refused.
   *
   * @param delivered the version that the watch has delivered last
   * @return whether that has been so for too long
   */
  boolean refused(String job, String delivered) {
    var now = nanoTime.getAsLong();
    byJob.values().removeIf(series -> now - series.latest() > LONGEST_GAP.toNanos());
    var series =
        byJob.compute(
            job,
            (same, earlier) ->
                earlier == null || !earlier.version().equals(delivered)
                    ? new Series(delivered, now, now)
                    : new Series(delivered, earlier.first(), now));
    return now - series.first() >= LIMIT.toNanos();
  }
}
