package dev.asyncjob.benchmark.soak;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The load there was, and what became of it.
 *
 * @param planned jobs
 * @param created jobs whose creation was answered
 * @param lost jobs that were there and were not seen Completed
 * @param refusals requests that were not answered as they should be, by their kind
 */
record Load(
    double perSecond,
    long planned,
    long created,
    long completed,
    List<String> lost,
    Map<String, Long> refusals) {
  private static final double LEAST_CREATED = 0.99;
  private static final double MOST_REFUSED = 0.001;

  Load {
    lost = List.copyOf(lost);
    refusals = Collections.unmodifiableMap(new TreeMap<>(refusals));
  }

  long refused() {
    return refusals.values().stream().mapToLong(count -> count).sum();
  }

  /** Without load nothing grows: that proves nothing. */
  Stream<String> problems() {
    var few =
        Stream.of("too few jobs: %,d created of %,d planned")
            .filter(text -> created < planned * LEAST_CREATED)
            .map(text -> String.format(Locale.ROOT, text, created, planned));
    var refused =
        Stream.of("too many requests refused: %,d for %,d jobs, %s")
            .filter(text -> refused() > created * MOST_REFUSED)
            .map(text -> String.format(Locale.ROOT, text, refused(), created, refusals));
    return Stream.of(few, refused, lost.stream().map(job -> "lost: " + job))
        .flatMap(lines -> lines);
  }
}
