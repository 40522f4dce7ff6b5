package dev.asyncjob.lifecycle;

import dev.asyncjob.resource.AsyncJobStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A change of state, as logs and metrics tell it.
 *
 * @param lateness how long after its due time the change was written; empty where nothing was due
 */
public record Transition(State from, State to, Optional<Duration> lateness) {
  /** A job's state in one word. */
  public enum State {
    None,
    Pending,
    Queued,
    InProgress,
    Suspended,
    Completed,
    Failed,
    Terminated;

    public static State of(AsyncJobStatus status) {
      if (status.runtimeStatus() == null) {
        return None;
      }
      return switch (status.runtimeStatus()) {
        case Pending -> Pending;
        case Running ->
            status.customStatus() == null ? Pending : valueOf(status.customStatus().name());
        case Suspended -> Suspended;
        case Completed -> Completed;
        case Failed -> Failed;
        case Terminated -> Terminated;
      };
    }
  }

  /** The change from one status to the next, if the state or the attempt changed. */
  public static Optional<Transition> between(AsyncJobStatus before, AsyncJobStatus after) {
    var from = State.of(before);
    var to = State.of(after);
    var sameAttempt = Objects.equals(before.attempt(), after.attempt());
    if (from == to && sameAttempt) {
      return Optional.empty();
    }
    var wasDue =
        switch (to) {
          case Queued, InProgress, Completed, Failed -> true;
          case None, Pending, Suspended, Terminated -> false;
        };
    return Optional.of(
        new Transition(
            from,
            to,
            Optional.ofNullable(before.nextTransitionTime())
                .filter(due -> wasDue)
                .flatMap(
                    due ->
                        Optional.ofNullable(after.lastUpdatedTime())
                            .map(written -> Duration.between(due, written)))));
  }
}
