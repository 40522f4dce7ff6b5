package dev.asyncjob.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What a {@link Gateway} does to what passes. */
interface Interference {
  /** An answer that the API server has not given. */
  record Answer(int status, String reason, Optional<Duration> retryAfter) {}

  /** A request of an operator, the start of a watch included. */
  record Request(String method, String path) {
    boolean isWrite() {
      return !method.equals("GET");
    }

    /** Leases are left alone where two leaders are not what is tried. */
    boolean isOfJobs() {
      return path.startsWith("/apis/asyncjob.dev/");
    }
  }

  /** Where the events of a watch go. */
  interface Events {
    void send(String event);

    /** Sends what the event is by then. */
    void sendLater(Duration delay, Supplier<String> event);
  }

  /** An answer in place of the API server's, which does not get the request. */
  default Optional<Answer> answer(Request request) {
    return Optional.empty();
  }

  /** How much later the API server gets the request. */
  default Duration delay(Request request) {
    return Duration.ZERO;
  }

  /** Whether the API server's answer is lost, with the connection. */
  default boolean losesAnswer(Request request) {
    return false;
  }

  /** What becomes of a watch's event, which is JSON. */
  default void event(String event, Events events) {
    events.send(event);
  }
}
