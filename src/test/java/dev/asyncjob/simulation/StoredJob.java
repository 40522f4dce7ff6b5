package dev.asyncjob.simulation;

import dev.asyncjob.lifecycle.Job;
import dev.asyncjob.lifecycle.SpecBuilder;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One version of a job, as the API server stores it and operators cache it. */
record StoredJob(
    String name,
    String uid,
    long resourceVersion,
    long generation,
    AsyncJobSpec spec,
    boolean isReadable,
    AsyncJobStatus status) {

  /** The job as a program reads it. */
  Job read() {
    return isReadable
        ? new Job(uid, generation, spec, Optional.empty(), status)
        : new Job(
            uid,
            generation,
            new SpecBuilder().build(),
            Optional.of("spec.queuedDuration: must be a duration"),
            status);
  }

  /** A greater nonce than the one that the current attempt began with. */
  boolean owesRestart() {
    return orZero(spec.restartNonce()) > orZero(status.restartNonce());
  }

  boolean isSuspended() {
    return Boolean.TRUE.equals(spec.suspend());
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
