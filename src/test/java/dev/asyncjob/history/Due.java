package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.resource.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** When a phase that has begun is due, by its own record. */
final class Due {
  private Due() {}

  static Instant of(Phase phase) {
    return requireNonNull(phase.startTime()).plus(phase.duration()).plus(frozen(phase));
  }

  static Duration frozen(Phase phase) {
    return Objects.requireNonNullElse(phase.frozenDuration(), Duration.ZERO);
  }
}
