package dev.asyncjob.ops;

import java.time.Duration;

/**
 * Whether the operator lives and is ready. Nothing remote is asked: an operator that cannot reach
 * the API server gains nothing from being restarted.
 */
public final class Health {
  /** Three sweeps, which come each minute. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

  private volatile long lastBeat = System.nanoTime();
  private volatile String missing =
      "the API server has not answered, or the jobs are not listed yet";

  /** What a probe is told. */
  record Answer(boolean good, String text) {}

  /** The operator's own clockwork has turned. */
  public void beat() {
    lastBeat = System.nanoTime();
  }

  /** All jobs are known. */
  public void ready() {
    missing = "";
  }

  Answer liveness() {
    var silence = Duration.ofNanos(System.nanoTime() - lastBeat);
    return silence.compareTo(LONGEST_SILENCE) < 0
        ? new Answer(true, "ok")
        : new Answer(false, "no sweep for " + silence.toSeconds() + " s");
  }

  Answer readiness() {
    return missing.isEmpty() ? new Answer(true, "ok") : new Answer(false, missing);
  }
}
