package dev.asyncjob.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** After each version of a job comes the one before, once more; and at last the newest again. */
final class OutOfDateEvents extends DelayedEvents {
  private static final Duration DELAY = Duration.ofSeconds(1);

  private final Map<String, String> newest = new ConcurrentHashMap<>();

  @Override
  public void event(String event, Events events) {
    events.send(event);
    var read = Jobs.json(event);
    var uid = read.at("/object/metadata/uid").asText();
    var before = newest.put(uid, event);
    if (!isFinishing() && before != null && read.get("type").asText().equals("MODIFIED")) {
      events.send(before);
      sendLater(events, DELAY, () -> newest.get(uid));
    }
  }
}
