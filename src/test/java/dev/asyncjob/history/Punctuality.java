package dev.asyncjob.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When transitions were due, and when they came. */
final class Punctuality {
  private static final Duration ON_TIME = Duration.ofSeconds(1);

  private record Moment(Instant due, Instant seen) {
    Duration lateness() {
      return Duration.between(due, seen);
    }
  }

  private final List<Moment> moments = new ArrayList<>();

  /**
   * What came before its time says nothing of lateness; whether it was allowed to is another
   * matter.
   */
  void add(Instant due, Instant seen) {
    if (!seen.isBefore(due)) {
      moments.add(new Moment(due, seen));
    }
  }

  Optional<Duration> longestLateness(Instant from, Instant to) {
    return moments.stream()
        .filter(moment -> !moment.due().isBefore(from) && !moment.due().isAfter(to))
        .map(Moment::lateness)
        .max(Comparator.naturalOrder());
  }

  Optional<Instant> firstOnTimeAfter(Instant time) {
    return moments.stream()
        .filter(moment -> moment.due().isAfter(time))
        .filter(moment -> moment.lateness().compareTo(ON_TIME) < 0)
        .map(Moment::seen)
        .min(Comparator.naturalOrder());
  }
}
