package dev.asyncjob.benchmark.soak;

import java.time.Duration;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * How a figure has moved: its median in the second quarter of a run, for the first one holds the
 * start, and in the last quarter.
 */
record Trend(double secondQuarter, double lastQuarter) {
  private static final int QUARTERS = 4;

  /** Of the values by when they were taken; empty if one of the quarters has none. */
  static Optional<Trend> of(NavigableMap<Duration, Double> values, Duration time) {
    var quarter = time.dividedBy(QUARTERS);
    var second = values.subMap(quarter, true, quarter.multipliedBy(2), false).values();
    var last = values.tailMap(quarter.multipliedBy(QUARTERS - 1L), true).values();
    return second.isEmpty() || last.isEmpty()
        ? Optional.empty()
        : Optional.of(new Trend(median(second), median(last)));
  }

  private static double median(Collection<Double> values) {
    var sorted = values.stream().sorted().toList();
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
