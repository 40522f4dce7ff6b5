package dev.asyncjob.faults;

import java.time.Duration;

/** Every event comes late, all in their order. */
final class LateEvents extends DelayedEvents {
  private static final Duration DELAY = Duration.ofSeconds(3);

  /** By the monotonic clock; no event passes one before it. */
  private long lastAt = System.nanoTime();

  @Override
  public synchronized void event(String event, Events events) {
    var now = System.nanoTime();
    var due = isFinishing() ? now : now + DELAY.toNanos();
    if (due <= lastAt || due > now) {
      lastAt = Math.max(due, lastAt + Duration.ofMillis(1).toNanos());
      sendLater(events, Duration.ofNanos(lastAt - now), () -> event);
    } else {
      events.send(event);
    }
  }
}
