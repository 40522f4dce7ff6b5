package dev.asyncjob.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer to a request. */
record Reply(int status, String contentType, Map<String, String> headers, Body body) {
  /** JSON. */
  sealed interface Body {}

  /** All of it; nothing when empty. */
  record Whole(String json) implements Body {}

  /** A list of which an item is made when it is sent, for all at once could fill the memory. */
  record Items(Iterator<?> items) implements Body {}

  static final int OK = 200;
  static final int ACCEPTED = 202;

  private static final String JSON = "application/json; charset=utf-8";

  /** As the isolated worker of Durable Functions writes it. */
  private static final String WORKER_JSON = "application/json";

  static Reply empty(int status) {
    return new Reply(status, JSON, Map.of(), new Whole(""));
  }

  static Reply json(int status, Object value) {
    return new Reply(status, JSON, Map.of(), new Whole(JsonText.text(value)));
  }

  static Reply workerJson(int status, Object value) {
    return new Reply(status, WORKER_JSON, Map.of(), new Whole(JsonText.text(value)));
  }

  static Reply rawJson(int status, String json) {
    return new Reply(status, JSON, Map.of(), new Whole(json));
  }

  static Reply list(Iterator<?> items) {
    return new Reply(OK, JSON, Map.of(), new Items(items));
  }

  Reply with(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, contentType, all, body);
  }

  Reply retryAfter(Duration wait) {
    return with("Retry-After", Long.toString(wait.toSeconds()));
  }
}
