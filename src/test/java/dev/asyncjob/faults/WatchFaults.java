package dev.asyncjob.faults;

import static dev.asyncjob.faults.Fault.Place.Watch;

import dev.asyncjob.faults.Fault.Breakage;
import dev.asyncjob.faults.Fault.Healing;
import dev.asyncjob.faults.Interference.Answer;
import dev.asyncjob.faults.Interference.Events;
import dev.asyncjob.faults.Interference.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens to the watch by which an operator hears of the jobs. */
final class WatchFaults {
  static final String HALF_OPEN = "half-open, without a FIN";

  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration AWHILE = Duration.ofSeconds(5);

  /** As the API server says it of a version that it does not know any more. */
  private static final String GONE =
      """
      {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
      "message":"too old resource version","reason":"Expired","code":410}}""";

  private final Stage stage;

  private WatchFaults(Stage stage) {
    this.stage = stage;
  }

  static List<Fault> on(Stage stage) {
    var faults = new WatchFaults(stage);
    return List.of(
        fault("cut by RST", AT_ONCE, random -> done(stage.line()::reset)),
        fault("cut by FIN", AT_ONCE, random -> done(stage.line()::finish)),
        fault(HALF_OPEN, AT_ONCE, random -> done(stage.line()::silence)),
        fault("410 Gone", AT_ONCE, random -> done(() -> stage.gateway().sendToAll(GONE))),
        fault("410 Gone after compaction", AT_ONCE, random -> faults.compactMeanwhile()),
        fault("bookmarks after every event", AWHILE, random -> faults.bookmarks()),
        fault("events doubled", AWHILE, random -> faults.doubled()),
        fault("events late", AWHILE, random -> faults.late()),
        fault("events out of date", AWHILE, random -> faults.outOfDate()));
  }

  private static Fault fault(String what, Duration hold, Breakage breakage) {
    return new Fault(Watch, what, hold, breakage);
  }

  private static Healing done(Runnable action) {
    action.run();
    return Healing.NONE;
  }

  /** The watch is away while the version that it would go on from is forgotten. */
  private Healing compactMeanwhile() throws Exception {
    var refusal =
        stage
            .gateway()
            .interfere(
                new Interference() {
                  @Override
                  public Optional<Answer> answer(Request request) {
                    return request.isOfJobs() && !request.isWrite()
                        ? Optional.of(new Answer(500, "InternalError", Optional.empty()))
                        : Optional.empty();
                  }
                });
    stage.line().reset();
    var controlPlane = stage.cluster().controlPlane();
    controlPlane.apiServer().kill();
    stage.etcd().compact();
    controlPlane.apiServer().start();
    controlPlane.awaitReady();
    return refusal;
  }

  private Healing bookmarks() {
    return onEvent(
        (event, events) -> {
          events.send(event);
          var metadata = Jobs.json(event).at("/object/metadata");
          if (metadata.has("resourceVersion")) {
            events.send(
                """
                {"type":"BOOKMARK","object":{"kind":"AsyncJob","apiVersion":"asyncjob.dev/v1",\
                "metadata":{"resourceVersion":"%s"}}}"""
                    .formatted(metadata.get("resourceVersion").asText()));
          }
        });
  }

  private Healing doubled() {
    return onEvent(
        (event, events) -> {
          events.send(event);
          events.send(event);
        });
  }

  private Healing late() {
    return healedWhenDelivered(new LateEvents());
  }

  private Healing outOfDate() {
    return healedWhenDelivered(new OutOfDateEvents());
  }

  /** What is still on its way must not come after what the healed gateway passes on at once. */
  private Healing healedWhenDelivered(DelayedEvents interference) {
    var healing = stage.gateway().interfere(interference);
    return () -> {
      interference.finish();
      healing.heal();
    };
  }

  private interface OnEvent {
    void accept(String event, Events events);
  }

  private Healing onEvent(OnEvent onEvent) {
    return stage
        .gateway()
        .interfere(
            new Interference() {
              @Override
              public void event(String event, Events events) {
                onEvent.accept(event, events);
              }
            });
  }
}
