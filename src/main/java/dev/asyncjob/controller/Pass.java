package dev.asyncjob.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How it ended that a job was looked at. */
sealed interface Pass {
  /** Nothing is due any more; the next time is empty when only a change can make something due. */
  record Done(Optional<Instant> next) implements Pass {
    static final Done FOR_GOOD = new Done(Optional.empty());
  }

  /** What is due could not be done and is to be tried again after a pause. */
  record Retry(Duration pause) implements Pass {}
}
