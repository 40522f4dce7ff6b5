package dev.asyncjob.controller;

import dev.asyncjob.lifecycle.Job;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.lifecycle.Step;
import dev.asyncjob.lifecycle.Transition;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Does what the lifecycle says until there is nothing to do now, and says when to look again: that
 * is computed on every pass, from what the status records.
 */
final class AsyncJobReconciler {
  /** Long enough for the watch to deliver the version that this pass did not know. */
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(200);

  /** By then the lease is renewed, or lost for good, which ends the process. */
  private static final Duration WHILE_UNSURE = Duration.ofSeconds(1);

  /** Until somebody repairs the definition. */
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  private static final int UNPROCESSABLE = 422;

  private final Lifecycle lifecycle;
  private final Function<String, Optional<AsyncJob>> jobs;
  private final Function<String, Optional<String>> versions;
  private final JobWriter writer;
  private final OwnWrites ownWrites;
  private final Clock clock;
  private final JobMetrics metrics;
  private final FailureLog failures = new FailureLog();
  private final Backoff backoff = new Backoff();
  private final Conflicts conflicts;
  private final Consumer<String> onFault;

  /**
   * A reconciler.
   *
   * @param jobs what the watch has delivered last of a job, if it is still there
   * @param versions the version of that
   * @param onFault called with the reason when only a new start can help
   */
  AsyncJobReconciler(
      Lifecycle lifecycle,
      Function<String, Optional<AsyncJob>> jobs,
      Function<String, Optional<String>> versions,
      JobWriter writer,
      OwnWrites ownWrites,
      Clock clock,
      LongSupplier nanoTime,
      JobMetrics metrics,
      Consumer<String> onFault) {
    this.lifecycle = lifecycle;
    this.jobs = jobs;
    this.versions = versions;
    this.writer = writer;
    this.ownWrites = ownWrites;
    this.clock = clock;
    this.metrics = metrics;
    this.conflicts = new Conflicts(nanoTime);
    this.onFault = onFault;
  }

  /** When there is something to do for a job: a time in the past if that is overdue. */
  Optional<Instant> dueTime(AsyncJob job) {
    var now = clock.instant();
    if (job.isMarkedForDeletion()) {
      return Optional.empty();
    }
    if (job.statusProblem().isPresent()) {
      return Optional.of(now);
    }
    return lifecycle.dueTime(Job.of(job), now);
  }

  /** Does what is due of a job. */
  Pass reconcile(String key) {
    var cached = jobs.apply(key).filter(job -> !job.isMarkedForDeletion());
    if (cached.isEmpty()) {
      return Pass.Done.FOR_GOOD;
    }
    try {
      var next = proceed(ownWrites.newest(cached.get()));
      backoff.succeeded(key);
      return new Pass.Done(next);
    } catch (NotLeadingException e) {
      return new Pass.Retry(WHILE_UNSURE);
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> conflicted(key, cached.get());
        case HttpURLConnection.HTTP_NOT_FOUND -> Pass.Done.FOR_GOOD;
        case UNPROCESSABLE -> {
          failures.refused(cached.get(), e);
          yield new Pass.Retry(AFTER_REFUSAL);
        }
        default -> failed(key, cached.get(), e);
      };
    } catch (RuntimeException e) {
      return failed(key, cached.get(), e);
    }
  }

  private Pass conflicted(String key, AsyncJob job) {
    if (conflicts.refused(key, job.getMetadata().getResourceVersion())) {
      onFault.accept(
          "the watch does not deliver what has become of job %s; to be started again"
              .formatted(key));
    }
    return new Pass.Retry(AFTER_CONFLICT);
  }

  /** It is tried again, without end. */
  private Pass failed(String key, AsyncJob job, RuntimeException e) {
    failures.failed(job, e);
    return new Pass.Retry(backoff.failed(key));
  }

  private Optional<Instant> proceed(AsyncJob newest) {
    if (newest.statusProblem().isPresent()) {
      // Another program wrote it: to replace it could restart a job that is half way.
      failures.unreadable(newest);
      return Optional.empty();
    }
    var job = newest;
    while (true) {
      var step = lifecycle.next(Job.of(job), clock.instant());
      if (step instanceof Step.Write write) {
        job = written(job, write.status());
      } else if (step instanceof Step.Delete) {
        writer.delete(job);
        return Optional.empty();
      } else if (step instanceof Step.Wait wait) {
        return Optional.of(wait.until());
      } else {
        return Optional.empty();
      }
    }
  }

  private AsyncJob written(AsyncJob job, AsyncJobStatus status) {
    return writer.write(job, status, written -> tell(job, written));
  }

  private void tell(AsyncJob before, AsyncJob written) {
    ownWrites.add(before, written);
    // The watch may have been faster than the answer to the write.
    versions
        .apply(Cache.metaNamespaceKeyFunc(written))
        .ifPresent(version -> ownWrites.delivered(written.getMetadata().getUid(), version));
    failures.succeeded(written);
    Transition.between(Job.of(before).status(), Job.of(written).status())
        .ifPresent(
            transition -> {
              metrics.transition(transition);
              TransitionLog.log(written, transition);
            });
  }
}
