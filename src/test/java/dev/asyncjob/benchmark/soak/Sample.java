package dev.asyncjob.benchmark.soak;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What there was at one moment.
 *
 * @param at since the first job
 * @param values of those figures that were looked at
 */
record Sample(Duration at, Map<Figure, Double> values) {
  Sample {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  static String csvHeader() {
    return "seconds,"
        + Arrays.stream(Figure.values())
            .map(figure -> '"' + figure.title() + '"')
            .collect(Collectors.joining(","));
  }

  Optional<Double> value(Figure figure) {
    return Optional.ofNullable(values.get(figure));
  }

  String csv() {
    return at.toSeconds()
        + ","
        + Arrays.stream(Figure.values())
            .map(figure -> value(figure).map(Sample::number).orElse(""))
            .collect(Collectors.joining(","));
  }

  /** For people. */
  @Override
  public String toString() {
    return "%d:%02d:%02d  ".formatted(at.toHours(), at.toMinutesPart(), at.toSecondsPart())
        + values.entrySet().stream()
            .map(figure -> figure.getKey().title() + ": " + number(figure.getValue()))
            .collect(Collectors.joining("; "));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replace(".00", "");
  }
}
