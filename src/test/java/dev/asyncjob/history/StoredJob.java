package dev.asyncjob.history;

import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.ConditionType;
import org.jspecify.annotations.Nullable;

/**
 * One version of a job, as the API server stores it and operators cache it.
 *
 * @param isReadable whether a program can read the spec
 */
public record StoredJob(
    String name,
    String uid,
    long resourceVersion,
    long generation,
    AsyncJobSpec spec,
    boolean isReadable,
    AsyncJobStatus status) {

  /** A greater nonce than the one that the current attempt began with. */
  boolean owesRestart() {
    return orZero(spec.restartNonce()) > orZero(status.restartNonce());
  }

  boolean wantsSuspension() {
    return Boolean.TRUE.equals(spec.suspend());
  }

  boolean isSuspended() {
    return status.isTrue(ConditionType.Suspended);
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
