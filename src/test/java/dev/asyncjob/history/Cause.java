package dev.asyncjob.history;

/** Who made a change. */
public sealed interface Cause {
  /** Somebody who edits the spec, or creates or deletes the job. */
  record User(String name) implements Cause {}

  record Operator(String name, Decision decision) implements Cause {}

  /** Somebody who wrote a status, which is for the operator alone. */
  record Foreigner(String name) implements Cause {}

  /**
   * Nobody can tell: versions in between were not seen, or an older state of the whole store was
   * put in its place.
   */
  record Unknown() implements Cause {}
}
