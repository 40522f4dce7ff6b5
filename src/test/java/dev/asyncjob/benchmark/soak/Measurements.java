package dev.asyncjob.benchmark.soak;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the samples show.
 *
 * @param planned samples
 * @param taken samples
 * @param trends of the figures that have a margin
 */
record Measurements(int planned, int taken, Map<Figure, Trend> trends) {
  private static final double LEAST_TAKEN = 0.9;

  /** In every sample but those of the heap. */
  private static final Figure USUAL = Figure.RESIDENT;

  Measurements {
    trends = Collections.unmodifiableMap(new TreeMap<>(trends));
  }

  static Measurements of(List<Sample> samples, int planned, Duration time) {
    var taken = samples.stream().filter(sample -> sample.value(USUAL).isPresent()).count();
    var trends = new TreeMap<Figure, Trend>();
    judged()
        .forEach(
            figure -> trend(figure, samples, time).ifPresent(trend -> trends.put(figure, trend)));
    return new Measurements(planned, Math.toIntExact(taken), trends);
  }

  private static Optional<Trend> trend(Figure figure, List<Sample> samples, Duration time) {
    var values = new TreeMap<Duration, Double>();
    samples.forEach(
        sample -> sample.value(figure).ifPresent(value -> values.put(sample.at(), value)));
    return Trend.of(values, time);
  }

  private static Stream<Figure> judged() {
    return Arrays.stream(Figure.values()).filter(figure -> figure.margin().isPresent());
  }

  Stream<String> problems() {
    var few =
        Stream.of("too few samples: %d taken of %d planned".formatted(taken, planned))
            .filter(text -> taken < planned * LEAST_TAKEN);
    var unknown =
        judged()
            .filter(figure -> !trends.containsKey(figure))
            .map(figure -> "not measured: " + figure.title());
    var growing =
        trends.entrySet().stream()
            .filter(trend -> !isFlat(trend.getKey(), trend.getValue()))
            .map(trend -> "not flat: " + text(trend.getKey(), trend.getValue()));
    return Stream.of(few, unknown, growing).flatMap(lines -> lines);
  }

  /** In Markdown. */
  String table() {
    var rows =
        trends.entrySet().stream()
            .map(trend -> row(trend.getKey(), trend.getValue()))
            .collect(Collectors.joining());
    return """
        | figure | second quarter | last quarter | may grow by | flat |
        |---|---:|---:|---:|---|
        """
        + rows;
  }

  private static boolean isFlat(Figure figure, Trend trend) {
    return margin(figure).holds(trend);
  }

  private static Margin margin(Figure figure) {
    return figure.margin().orElseThrow();
  }

  private static String row(Figure figure, Trend trend) {
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            figure.title(),
            Decimal.text(trend.secondQuarter()),
            Decimal.text(trend.lastQuarter()),
            margin(figure),
            isFlat(figure, trend) ? "yes" : "**no**");
  }

  private static String text(Figure figure, Trend trend) {
    return "%s, %s in the second quarter, %s in the last one"
        .formatted(
            figure.title(), Decimal.text(trend.secondQuarter()), Decimal.text(trend.lastQuarter()));
  }
}
