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
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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
  private final Clock clock;
  private final Leadership leadership;
  private final FailureLog failures = new FailureLog();
  private final List<Sweep> sweeps = new CopyOnWriteArrayList<>();

  AsyncJobReconciler(Lifecycle lifecycle, JobWriter writer, Clock clock, Leadership leadership) {
    this.lifecycle = lifecycle;
    this.writer = writer;
    this.clock = clock;
    this.leadership = leadership;
  }

  /** Called once for each registration, of which there is one for each namespace. */
  @Override
  public List<EventSource<?, AsyncJob>> prepareEventSources(EventSourceContext<AsyncJob> context) {
    var sweep = new Sweep(context.getPrimaryCache(), lifecycle, clock);
    sweeps.add(sweep);
    return List.of(sweep);
  }

  /** Looks at every job, as after a start. */
  void wakeAll() {
    sweeps.forEach(Sweep::wakeAll);
  }

  @Override
  public UpdateControl<AsyncJob> reconcile(AsyncJob cached, Context<AsyncJob> context) {
    if (cached.isMarkedForDeletion() || leadership.state() == Leadership.State.Standby) {
      return UpdateControl.noUpdate(); // A standby is woken for all jobs when it takes over.
    }
    try {
      return proceed(cached);
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

  private UpdateControl<AsyncJob> proceed(AsyncJob cached) {
    if (cached.statusProblem().isPresent()) {
      // Another program wrote it: to replace it could restart a job that is half way.
      failures.unreadable(cached);
      return UpdateControl.noUpdate();
    }
    var job = cached;
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
    var before = Job.of(job).status();
    var written = writer.write(job, status);
    failures.succeeded(written);
    Transition.between(before, status)
        .ifPresent(transition -> TransitionLog.log(written, transition));
    return written;
  }

  /** Never negative, which would end the worker, and rounded up, for the scheduler cuts to ms. */
  private Duration until(Instant due) {
    var left = Duration.between(clock.instant(), due);
    return left.isNegative()
        ? Duration.ZERO
        : left.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }
}
