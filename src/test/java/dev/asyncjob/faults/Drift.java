package dev.asyncjob.faults;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A clock that gains or loses, in steps of a second, since the process looks at its setting as
 * often: with a rate of libfaketime's own, a JVM's timed waits never end.
 */
final class Drift implements AutoCloseable {
  private static final Duration STEP = Duration.ofSeconds(1);

  private final long begin = System.nanoTime();
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
    return Duration.ofNanos((long) ((System.nanoTime() - begin) * rate));
  }

  /** No step comes after it. */
  @Override
  public void close() {
    steps.shutdownNow();
    try {
      if (!steps.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a step does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
