package dev.asyncjob.store;

import java.time.Duration;

/** The API server does not do what is asked now, and may do it later. */
public final class Unavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Where the API server says nothing of its own. */
  static final Duration RETRY_SOON = Duration.ofSeconds(1);

  private final boolean overloaded;
  private final Duration retryAfter;

  Unavailable(String message, boolean overloaded, Duration retryAfter) {
    super(message);
    this.overloaded = overloaded;
    this.retryAfter = retryAfter;
  }

  Unavailable(String message, Throwable cause, Duration retryAfter) {
    super(message, cause);
    this.overloaded = false;
    this.retryAfter = retryAfter;
  }

  /** Who waits holds a thread, and those that serve reads from the cache must be left. */
  static Unavailable tooManyWait() {
    return new Unavailable("Too many requests wait for the API server", false, RETRY_SOON);
  }

  /** Whether the API server itself said that there are too many requests. */
  public boolean isOverloaded() {
    return overloaded;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
