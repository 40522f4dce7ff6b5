package dev.asyncjob.controller;

import dev.asyncjob.lifecycle.Job;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.lifecycle.Step;
import dev.asyncjob.lifecycle.Transition;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Does what the lifecycle says until there is nothing to do now. The wake-up is computed on every
 * pass, for a pass that ends takes away the timer of the one before.
 */
@ControllerConfiguration
final class AsyncJobReconciler implements Reconciler<AsyncJob> {
  /** Long enough for the watch to deliver the version that this pass did not know. */
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(200);

  /** By then the lease is renewed, or lost for good, which ends the process. */
  private static final Duration WHILE_UNSURE = Duration.ofSeconds(1);

  private static final int UNPROCESSABLE = 422;

  private final Lifecycle lifecycle;
  private final JobWriter writer;
  private final OwnWrites ownWrites;
  private final Clock clock;
  private final Leadership leadership;
  private final JobMetrics metrics;
  private final Runnable onSweep;
  private final FailureLog failures = new FailureLog();
  private final List<IndexedResourceCache<AsyncJob>> caches = new CopyOnWriteArrayList<>();
  private final List<Sweep> sweeps = new CopyOnWriteArrayList<>();

  AsyncJobReconciler(
      Lifecycle lifecycle,
      JobWriter writer,
      OwnWrites ownWrites,
      Clock clock,
      Leadership leadership,
      JobMetrics metrics,
      Runnable onSweep) {
    this.lifecycle = lifecycle;
    this.writer = writer;
    this.ownWrites = ownWrites;
    this.clock = clock;
    this.leadership = leadership;
    this.metrics = metrics;
    this.onSweep = onSweep;
  }

  /** Called once for each registration, of which there is one for each namespace. */
  @Override
  public List<EventSource<?, AsyncJob>> prepareEventSources(EventSourceContext<AsyncJob> context) {
    caches.add(context.getPrimaryCache());
    var sweep = new Sweep(context.getPrimaryCache(), lifecycle, clock, onSweep);
    sweeps.add(sweep);
    return List.of(sweep);
  }

  /** A job as the watch has delivered it last. */
  Optional<AsyncJob> cached(String namespace, String name) {
    return caches.stream()
        .flatMap(cache -> cache.get(new ResourceID(name, namespace)).stream())
        .findFirst();
  }

  /** The jobs of a namespace as the watch has delivered them last. */
  Stream<AsyncJob> cached(String namespace) {
    return caches.stream()
        .flatMap(cache -> cache.list(job -> job.getMetadata().getNamespace().equals(namespace)));
  }

  /** Looks at every job, as after a start. */
  void wakeAll() {
    sweeps.forEach(Sweep::wakeAll);
  }

  /** The time to the soonest transition, negative when it is overdue; empty if none is to come. */
  Optional<Duration> untilNextTransition() {
    return living()
        .filter(job -> job.statusProblem().isEmpty())
        .flatMap(job -> Optional.ofNullable(job.getStatus()).stream())
        .flatMap(status -> Optional.ofNullable(status.nextTransitionTime()).stream())
        .min(Comparator.naturalOrder())
        .map(due -> Duration.between(clock.instant(), due));
  }

  /** How many jobs stand still because this program cannot read them. */
  long unreadableJobs() {
    return living()
        .filter(job -> job.specProblem().isPresent() || job.statusProblem().isPresent())
        .count();
  }

  /** The jobs that are still written. */
  private Stream<AsyncJob> living() {
    return caches.stream().flatMap(cache -> cache.list(job -> !job.isMarkedForDeletion()));
  }

  @Override
  public UpdateControl<AsyncJob> reconcile(AsyncJob cached, Context<AsyncJob> context) {
    if (cached.isMarkedForDeletion() || leadership.state() == Leadership.State.Standby) {
      return UpdateControl.noUpdate(); // A standby is woken for all jobs when it takes over.
    }
    try {
      var control = proceed(ownWrites.newest(cached));
      // The watch may have been faster than the answer to the write.
      context
          .getPrimaryCache()
          .get(ResourceID.fromResource(cached))
          .ifPresent(ownWrites::delivered);
      return control;
    } catch (NotLeadingException e) {
      return UpdateControl.<AsyncJob>noUpdate().rescheduleAfter(WHILE_UNSURE);
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT ->
            UpdateControl.<AsyncJob>noUpdate().rescheduleAfter(AFTER_CONFLICT);
        case HttpURLConnection.HTTP_NOT_FOUND -> UpdateControl.noUpdate();
        case UNPROCESSABLE -> {
          failures.refused(cached, e);
          yield UpdateControl.noUpdate(); // Only a repair helps; the sweep looks again.
        }
        default -> throw e;
      };
    }
  }

  @Override
  public ErrorStatusUpdateControl<AsyncJob> updateErrorStatus(
      AsyncJob job, Context<AsyncJob> context, Exception e) {
    failures.failed(job, e);
    return ErrorStatusUpdateControl.defaultErrorProcessing(); // It is tried again, without end.
  }

  private UpdateControl<AsyncJob> proceed(AsyncJob newest) {
    if (newest.statusProblem().isPresent()) {
      // Another program wrote it: to replace it could restart a job that is half way.
      failures.unreadable(newest);
      return UpdateControl.noUpdate();
    }
    var job = newest;
    while (true) {
      var step = lifecycle.next(Job.of(job), clock.instant());
      if (step instanceof Step.Write write) {
        job = written(job, write.status());
      } else if (step instanceof Step.Delete) {
        writer.delete(job);
        return UpdateControl.noUpdate();
      } else if (step instanceof Step.Wait wait) {
        return UpdateControl.<AsyncJob>noUpdate().rescheduleAfter(until(wait.until()));
      } else {
        return UpdateControl.noUpdate();
      }
    }
  }

  private AsyncJob written(AsyncJob job, AsyncJobStatus status) {
    return writer.write(job, status, written -> tell(job, written));
  }

  private void tell(AsyncJob before, AsyncJob written) {
    ownWrites.add(before, written);
    failures.succeeded(written);
    Transition.between(Job.of(before).status(), Job.of(written).status())
        .ifPresent(
            transition -> {
              metrics.transition(transition);
              TransitionLog.log(written, transition);
            });
  }

  /** Never negative, which would end the worker, and rounded up, for the scheduler cuts to ms. */
  private Duration until(Instant due) {
    var left = Duration.between(clock.instant(), due);
    return left.isNegative()
        ? Duration.ZERO
        : left.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }
}
