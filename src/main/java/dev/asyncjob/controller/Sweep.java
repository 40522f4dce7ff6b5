package dev.asyncjob.controller;

import dev.asyncjob.lifecycle.Job;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.lifecycle.Step;
import dev.asyncjob.resource.AsyncJob;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Once a minute, wakes every job for which something is to be done. Timers do this on time; the
 * sweep is for a timer that was lost, since nothing else would notice.
 */
final class Sweep extends AbstractEventSource<Void, AsyncJob> {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final IndexedResourceCache<AsyncJob> jobs;
  private final Lifecycle lifecycle;
  private final Clock clock;
  private final Runnable onSweep;
  private final Timer timer = new Timer("sweep", true);

  Sweep(IndexedResourceCache<AsyncJob> jobs, Lifecycle lifecycle, Clock clock, Runnable onSweep) {
    super(Void.class, "sweep");
    this.jobs = jobs;
    this.lifecycle = lifecycle;
    this.clock = clock;
    this.onSweep = onSweep;
  }

  @Override
  public void start() {
    super.start();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            try {
              sweep();
            } catch (RuntimeException e) {
              LOG.error("the sweep failed and runs again in a minute", e); // Else the timer ends.
            }
          }
        },
        INTERVAL.toMillis(),
        INTERVAL.toMillis());
  }

  @Override
  public void stop() {
    timer.cancel();
    super.stop();
  }

  /** Wakes every job, also those whose time has not come: they have no timer yet. */
  void wakeAll() {
    wake(job -> true);
  }

  private void sweep() {
    var now = clock.instant();
    wake(job -> job.statusProblem().isEmpty() && isOwed(lifecycle.next(Job.of(job), now)));
    onSweep.run();
  }

  private void wake(Predicate<AsyncJob> which) {
    jobs.list(job -> !job.isMarkedForDeletion() && which.test(job))
        .forEach(job -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(job))));
  }

  private static boolean isOwed(Step step) {
    return step instanceof Step.Write || step instanceof Step.Delete;
  }

  @Override
  public Set<Void> getSecondaryResources(AsyncJob primary) {
    return Set.of();
  }
}
