package dev.asyncjob.resource;

/** Whether a job waits, runs or has ended; spelled as on the wire. */
public enum RuntimeStatus {
  /** Not started: before notBeforeTime, suspended before the start, or unreadable. Goes to any. */
  Pending,
  /** A phase's wait is running. Goes to Suspended, Completed, Failed, Terminated. */
  Running,
  /** Held by {@code spec.suspend}. Goes to Running, Terminated. */
  Suspended,
  /** Ended well. Goes to Pending or Running by a restart only. */
  Completed,
  /** Ended badly. Goes to Pending or Running by a restart only. */
  Failed,
  /** Ended by {@code spec.termination}. Goes to Pending or Running by a restart only. */
  Terminated;

  /** Whether the attempt is over: nothing but a restart or the deletion follows. */
  public boolean isFinished() {
    return switch (this) {
      case Pending, Running, Suspended -> false;
      case Completed, Failed, Terminated -> true;
    };
  }
}
