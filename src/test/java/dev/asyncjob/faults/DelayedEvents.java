package dev.asyncjob.faults;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Holds events of watches back, and lets them all out before it ends. */
abstract class DelayedEvents implements Interference {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean isFinishing;

  /** Whether events pass at once from now on. */
  final boolean isFinishing() {
    return isFinishing;
  }

  final void sendLater(Events events, Duration delay, Supplier<String> event) {
    pending.incrementAndGet();
    events.sendLater(
        delay,
        () -> {
          pending.decrementAndGet();
          return event.get();
        });
  }

  /** Holds no more back, and returns when all that was has been sent. */
  final void finish() {
    isFinishing = true;
    Awaitility.await().atMost(LIMIT).until(() -> pending.get() == 0);
  }
}
