package dev.asyncjob.resource;

/** The two waits of a job, in their order; spelled as on the wire. */
public enum PhaseName {
  Queued,
  InProgress
}
