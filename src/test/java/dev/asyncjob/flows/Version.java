package dev.asyncjob.flows;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Phase;
import io.fabric8.kubernetes.client.Watcher;
import java.time.Instant;

/** A job as it was stored at one time, and when a watch delivered it. */
record Version(Watcher.Action action, AsyncJob job, Instant delivered) {

  String name() {
    return job.getMetadata().getName();
  }

  String uid() {
    return job.getMetadata().getUid();
  }

  boolean isDeletion() {
    return action == Watcher.Action.DELETED;
  }

  AsyncJobStatus status() {
    return job.getStatus();
  }

  Phase queued() {
    return status().phases().get(0);
  }

  Phase inProgress() {
    return status().phases().get(1);
  }

  /** The columns STATUS and RUNTIME, such as Queued/Running; -/- before acceptance. */
  String state() {
    return orDash(status().customStatus()) + "/" + orDash(status().runtimeStatus());
  }

  /** What a failed test shows. */
  @Override
  public String toString() {
    return action + " " + name() + " " + job.getSpec() + " " + job.getStatus();
  }

  private static String orDash(Object value) {
    return value == null ? "-" : value.toString();
  }
}
