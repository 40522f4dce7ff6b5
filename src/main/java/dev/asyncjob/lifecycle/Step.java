package dev.asyncjob.lifecycle;

import dev.asyncjob.resource.AsyncJobStatus;
import java.time.Instant;

/** What is to be done with a job now. */
public sealed interface Step {
  /** Write this status, then ask again: more may be owed. */
  record Write(AsyncJobStatus status) implements Step {}

  /** Nothing to do before the given instant. */
  record Wait(Instant until) implements Step {}

  /** Nothing to do until the job changes. */
  record Rest() implements Step {}

  /** The time to live of a finished job is over: delete it. */
  record Delete() implements Step {}
}
