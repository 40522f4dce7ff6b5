package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.resource.AsyncJob;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Ten status writes a second by a bare client beside a load: how long it takes until a watch sees
 * one is what the server alone adds to the lateness of a transition.
 */
final class BareWrites implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 100;

  /** From just before the request until the watch has the event; microseconds. */
  final Histogram seen = Lateness.histogram();

  private final ScheduledExecutorService schedule = Executors.newScheduledThreadPool(1);
  private final ScheduledFuture<?> writing;
  private final StatusWrites writes;
  private final JobWatch watch;

  BareWrites(Cluster cluster, AsyncJob job) {
    writes = new StatusWrites(cluster.client(), job);
    watch = JobWatch.start(cluster.client(), job.getMetadata().getNamespace(), this::seen);
    writing =
        schedule.scheduleAtFixedRate(
            () -> writes.send(StatusWrites.Method.PUT).join(),
            INTERVAL_MILLIS,
            INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  private void seen(AsyncJob job, Instant arrival) {
    var sent = job.getStatus().lastUpdatedTime();
    if (writes.sent() > 0) {
      seen.recordValue(Lateness.micros(Duration.between(sent, arrival)));
    }
  }

  /** How many requests of a kind these writes were. */
  double requests(String kind) {
    return kind.equals("PUT asyncjobs/status") ? writes.sent() : 0;
  }

  @Override
  public void close() {
    var failed = writing.isDone();
    schedule.shutdownNow();
    watch.close();
    if (failed) {
      throw new IllegalStateException("a bare write failed");
    }
  }
}
