package dev.asyncjob.resource;

/** The simulated third-party job's own state; spelled as on the wire. Absent while Pending. */
public enum CustomStatus {
  /** Waiting for capacity. Goes to InProgress. */
  Queued,
  /** Being worked on. Goes to Completed or Failed. */
  InProgress,
  /** Done. */
  Completed,
  /** Given up. */
  Failed
}
