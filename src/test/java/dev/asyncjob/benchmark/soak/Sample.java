package dev.asyncjob.benchmark.soak;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What there was at one moment.
 *
 * @param seconds since the first job
 * @param heapMebibytes what is reachable in the heap
 * @param timers on the operator's agenda
 */
record Sample(
    long seconds,
    double residentMebibytes,
    double heapMebibytes,
    long threads,
    long files,
    long timers,
    long series,
    long jobs,
    long completed,
    long warnings) {

  static String csvHeader() {
    return "seconds,"
        + Arrays.stream(Figure.values())
            .map(figure -> '"' + figure.title() + '"')
            .collect(Collectors.joining(","));
  }

  String csv() {
    return seconds
        + ","
        + Arrays.stream(Figure.values())
            .map(figure -> String.format(Locale.ROOT, "%.2f", figure.of(this)))
            .map(number -> number.replace(".00", ""))
            .collect(Collectors.joining(","));
  }

  /** For people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d  %,d completed, %d there, %d timers; %.0f MiB resident, %.1f MiB live heap, "
            + "%d threads, %d files, %d series, %d warnings",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        completed,
        jobs,
        timers,
        residentMebibytes,
        heapMebibytes,
        threads,
        files,
        series,
        warnings);
  }
}
