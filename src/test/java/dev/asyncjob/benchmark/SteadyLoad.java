package dev.asyncjob.benchmark;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Phase;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Jobs created at a steady rate, with durations that spread their due times. Lateness is what the
 * status says: the moment of the write minus the due time, which no queue before the write can
 * hide.
 */
final class SteadyLoad {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int CREATORS = 8;
  private static final int SHORTEST_MILLIS = 1_000;
  private static final int LONGEST_MILLIS = 5_000;

  private final KubernetesClient client;
  private final int perSecond;
  private final int jobs;
  private final Random random = new Random(1);
  private final Histogram lateness = new ConcurrentHistogram(3);
  private final CountDownLatch unfinished;

  SteadyLoad(KubernetesClient client, int perSecond, int seconds) {
    this.client = client;
    this.perSecond = perSecond;
    this.jobs = perSecond * seconds;
    this.unfinished = new CountDownLatch(jobs);
  }

  int jobs() {
    return jobs;
  }

  /** Creates the jobs, waits until all are Completed, and returns the lateness in milliseconds. */
  Histogram run() throws InterruptedException {
    var creators = Executors.newScheduledThreadPool(CREATORS);
    try (var watch = client.resources(AsyncJob.class).watch(new Observer())) {
      var created = new ArrayList<Future<?>>();
      for (int i = 0; i < jobs; i++) {
        var job = NewJob.of("job-" + i, randomDuration(), randomDuration());
        created.add(
            creators.schedule(
                () -> client.resource(job).create(),
                TimeUnit.SECONDS.toMicros(i) / perSecond,
                TimeUnit.MICROSECONDS));
      }
      for (var each : created) {
        each.get();
      }
      if (!unfinished.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(unfinished.getCount() + " jobs are not Completed");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a job could not be created", e);
    } finally {
      creators.shutdownNow();
    }
    return lateness;
  }

  private Duration randomDuration() {
    return Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
  }

  private final class Observer implements Watcher<AsyncJob> {
    @Override
    public void eventReceived(Action action, AsyncJob job) {
      AsyncJobStatus status = job.getStatus();
      if (status == null || status.customStatus() == null || status.phases() == null) {
        return;
      }
      Phase queued = status.phases().get(0);
      Phase inProgress = status.phases().get(1);
      switch (status.customStatus()) {
        case InProgress -> record(queued.endTime(), status.lastUpdatedTime());
        case Completed -> {
          record(inProgress.endTime(), status.lastUpdatedTime());
          unfinished.countDown();
        }
        case Queued, Failed -> {}
      }
    }

    private void record(@Nullable Instant due, @Nullable Instant written) {
      lateness.recordValue(
          Duration.between(requireNonNull(due), requireNonNull(written)).toMillis());
    }

    @Override
    public void onClose(WatcherException cause) {
      throw new IllegalStateException("the watch ended", cause);
    }
  }
}
