package dev.asyncjob.resource;

/** The conditions of a job, in the order in which they are listed. */
public enum ConditionType {
  /** Queued has begun. */
  Started,
  /** The attempt is over, however it ended. */
  Finished,
  /** The attempt ended well; never True together with Failed. */
  Complete,
  /** The attempt ended badly or was terminated. */
  Failed,
  /** Held by {@code spec.suspend}. */
  Suspended,
  /** No progress without a person: failed (kstatus reads this), or the spec cannot be read. */
  Stalled
}
