package dev.asyncjob.ops;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the operator lives and is ready. Nothing remote is asked: an operator that cannot reach
 * the API server gains nothing from being restarted.
 */
public final class Health {
  /** Three sweeps, which come each minute. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

  private final LongSupplier nanoClock;
  private volatile long lastBeat;
  private volatile String missing = "the program starts";
  private volatile boolean beats;

  public Health() {
    this(System::nanoTime);
  }

  Health(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** What a probe is told. */
  record Answer(boolean good, String text) {}

  /** The operator's own clockwork has turned. */
  public void beat() {
    lastBeat = nanoClock.getAsLong();
  }

  /** Something is needed that is not there (yet). */
  public void missing(String what) {
    missing = what;
  }

  /** Nothing is missing; from now on there are beats. */
  public void ready() {
    beat();
    beats = true;
    missing = "";
  }

  /** A start ends by itself when it takes too long, so that until then only the process counts. */
  Answer liveness() {
    var silence = Duration.ofNanos(nanoClock.getAsLong() - lastBeat);
    return !beats || silence.compareTo(LONGEST_SILENCE) < 0
        ? new Answer(true, "ok")
        : new Answer(false, "no sweep for " + silence.toSeconds() + " s");
  }

  Answer readiness() {
    return missing.isEmpty() ? new Answer(true, "ok") : new Answer(false, missing);
  }
}
