package dev.asyncjob.resource;

/** What a suspension does to the running wait; spelled as on the wire. */
public enum SuspendPolicy {
  /** The remaining time is kept and goes on at the resumption. */
  Freeze,
  /** The clock runs on; what has elapsed meanwhile ends at the resumption. */
  Continue
}
