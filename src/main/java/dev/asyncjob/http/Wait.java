package dev.asyncjob.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a client that starts an instance wants to wait for its end. Both parameters are needed,
 * as with Durable Functions.
 */
record Wait(Duration timeout, Duration interval) {
  private static final double MILLIS = 1000;

  /** Longer than any client waits for an answer. */
  private static final double MAX_SECONDS = 24 * 60 * 60;

  private static final Duration MIN_INTERVAL = Duration.ofMillis(50);

  static Optional<Wait> of(Query query) {
    return query
        .number("timeout")
        .flatMap(timeout -> query.number("pollingInterval").map(interval -> of(timeout, interval)));
  }

  private static Wait of(double timeout, double interval) {
    if (interval > timeout) {
      throw Problem.argument(
          "Total timeout %s should be bigger than retry timeout %s".formatted(timeout, interval));
    }
    var every = duration(interval);
    return new Wait(duration(timeout), every.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : every);
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis((long) (Math.max(0, Math.min(seconds, MAX_SECONDS)) * MILLIS));
  }
}
