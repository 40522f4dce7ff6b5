package dev.asyncjob.benchmark.soak;

import java.util.List;

/**
 * How a figure has moved: its median in the second quarter of a run, for the first one holds the
 * start, and in the last quarter.
 */
record Trend(double secondQuarter, double lastQuarter) {
  private static final int FEWEST = 4;

  /** Of values that were taken at equal intervals. */
  static Trend of(List<Double> values) {
    var size = values.size();
    if (size < FEWEST) {
      throw new IllegalArgumentException(size + " values have no quarters");
    }
    return new Trend(
        median(values.subList(size / 4, size / 2)), median(values.subList(size * 3 / 4, size)));
  }

  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
