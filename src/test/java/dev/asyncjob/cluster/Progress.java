package dev.asyncjob.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells on the standard error what takes long and how far it is. */
final class Progress {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private Progress() {}

  static void say(String line) {
    System.err.println("[control plane] " + line);
  }

  /** Waits for the work and says every 15 seconds that it still goes on. */
  static <T> T await(String step, String expectation, Duration limit, CompletableFuture<T> work)
      throws ExecutionException, TimeoutException {
    var start = System.nanoTime();
    say(step + " (" + expectation + ")");
    while (true) {
      try {
        var left = limit.minusNanos(System.nanoTime() - start);
        var wait = left.compareTo(HEARTBEAT) < 0 ? left : HEARTBEAT;
        var result = work.get(Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        say(step + ": took " + seconds(start));
        return result;
      } catch (TimeoutException e) {
        if (System.nanoTime() - start >= limit.toNanos()) {
          throw e;
        }
        say(step + ": " + seconds(start) + " so far (" + expectation + ")");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted: " + step, e);
      }
    }
  }

  private static String seconds(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s";
  }
}
