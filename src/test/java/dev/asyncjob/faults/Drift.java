package dev.asyncjob.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A clock that goes too fast or too slow, in steps: with a rate of libfaketime's own, a JVM's timed
 * waits never end.
 */
final class Drift implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Instant begin = Instant.now();
  private final double rate;
  private final ScheduledExecutorService steps = Executors.newSingleThreadScheduledExecutor();

  /**
   * Begins.
   *
   * @param rate seconds that the clock gains in a second; negative when it is slow
   */
  Drift(Replica replica, double rate) {
    this.rate = rate;
    var unused =
        steps.scheduleAtFixedRate(
            () -> replica.setClock(gained()), 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How far ahead the clock is by now. */
  Duration gained() {
    return Duration.ofMillis((long) (Duration.between(begin, Instant.now()).toMillis() * rate));
  }

  /** No step comes after it. */
  @Override
  public void close() {
    steps.shutdownNow();
    try {
      steps.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
