package dev.asyncjob.http;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Phase;
import dev.asyncjob.resource.RuntimeStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The history of an instance, derived from the status of its current attempt. Suspensions,
 * resumptions and raised events are not in it: the status does not keep them.
 */
final class History {
  /** Up to seven fraction digits, as .NET writes a time. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(NANO_OF_SECOND, 0, 7, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Instance instance;
  private final boolean showInput;
  private final boolean showOutput;
  private final List<HistoryEvent> events = new ArrayList<>();

  private History(Instance instance, boolean showInput, boolean showOutput) {
    this.instance = instance;
    this.showInput = showInput;
    this.showOutput = showOutput;
  }

  /** The events so far; nothing at all while the instance is Pending. */
  static Optional<List<HistoryEvent>> of(Instance instance, boolean showInput, boolean showOutput) {
    return instance.runtimeStatus() == RuntimeStatus.Pending
        ? Optional.empty()
        : instance.current().map(new History(instance, showInput, showOutput)::events);
  }

  private List<HistoryEvent> events(AsyncJobStatus status) {
    var input = showInput ? instance.input() : null;
    events.add(new HistoryEvent.ExecutionStarted(input, TIME.format(instance.createdTime())));
    Optional.ofNullable(status.phases()).orElse(List.of()).forEach(this::addTimer);
    Optional.ofNullable(status.completionTime()).ifPresent(this::addEnd);
    return List.copyOf(events);
  }

  private void addTimer(Phase phase) {
    var start = phase.startTime();
    if (start == null) {
      return;
    }
    var frozen = Optional.ofNullable(phase.frozenDuration()).orElse(Duration.ZERO);
    var due = TIME.format(start.plus(phase.duration()).plus(frozen));
    events.add(new HistoryEvent.TimerCreated(due, TIME.format(start)));
    if (phase.endTime() != null) {
      events.add(new HistoryEvent.TimerFired(due, TIME.format(phase.endTime())));
    }
  }

  private void addEnd(Instant end) {
    var time = TIME.format(end);
    var output = instance.output();
    if (instance.runtimeStatus() == RuntimeStatus.Terminated) {
      var reason = instance.terminationReason().map(JsonText::text).orElse(JsonText.NULL);
      events.add(new HistoryEvent.ExecutionTerminated(showInput ? reason : null, true, time));
    }
    events.add(
        new HistoryEvent.ExecutionCompleted(
            instance.runtimeStatus(), showOutput ? output : null, time));
  }
}
