package dev.asyncjob.controller;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long to wait after a failure: longer after each that follows, up to a limit. */
final class Backoff {
  private static final double FIRST_MILLIS = 100;
  private static final double FACTOR = 1.5;
  private static final double LONGEST_MILLIS = 5_000;

  private final Map<String, Double> pauses = new ConcurrentHashMap<>();

  /** Something failed, once more; returns how long to wait. */
  Duration failed(String what) {
    return Duration.ofMillis(
        pauses
            .merge(what, FIRST_MILLIS, (last, first) -> Math.min(last * FACTOR, LONGEST_MILLIS))
            .longValue());
  }

  void succeeded(String what) {
    pauses.remove(what);
  }
}
