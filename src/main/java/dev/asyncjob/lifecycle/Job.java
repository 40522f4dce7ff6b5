package dev.asyncjob.lifecycle;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.PhaseName;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that the lifecycle of one job depends on, besides the defaults and the time. */
public record Job(
    String uid,
    long generation,
    AsyncJobSpec spec,
    Optional<String> specProblem,
    AsyncJobStatus status) {

  private static final AsyncJobSpec EMPTY =
      new AsyncJobSpec(null, null, null, null, null, null, null, null, null, null, null);

  public static Job of(AsyncJob resource) {
    var metadata = resource.getMetadata();
    @Nullable AsyncJobSpec spec = resource.getSpec();
    @Nullable AsyncJobStatus status = resource.getStatus();
    return new Job(
        metadata.getUid(),
        metadata.getGeneration(),
        spec == null ? EMPTY : spec,
        resource.specProblem(),
        status == null ? AsyncJobStatus.UNSEEN : status);
  }

  /** Whether the status takes the spec into account as it is now. */
  boolean isObserved() {
    var observed = status.observedGeneration();
    return observed != null && observed == generation;
  }

  boolean wantsSuspension() {
    return Boolean.TRUE.equals(spec.suspend());
  }

  boolean wantsRestart() {
    return restartNonce() > orZero(status.restartNonce());
  }

  long restartNonce() {
    return orZero(spec.restartNonce());
  }

  /** The length that the spec gives to a phase, before jitter. */
  Optional<Duration> duration(PhaseName phase) {
    return Optional.ofNullable(
        switch (phase) {
          case Queued -> spec.queuedDuration();
          case InProgress -> spec.inProgressDuration();
        });
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
