package dev.asyncjob.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/** The figures of one scenario, told as they come. */
final class Report {
  /** One line of the table. */
  record Figure(String part, String name, List<Double> values, String unit) {
    String row() {
      var numbers = values.stream().map(Figure::text).collect(Collectors.joining(" / "));
      return "| %s | %s | %s |".formatted(part, name, (numbers + " " + unit).strip());
    }

    private static String text(double value) {
      if (Math.abs(value) >= 100) {
        return String.format(Locale.ROOT, "%,.0f", value);
      }
      return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.3g", value);
    }
  }

  private final List<Figure> figures = new ArrayList<>();

  List<Figure> figures() {
    return List.copyOf(figures);
  }

  /** The part of the report that is about one variant of the scenario. */
  Part of(String part) {
    return (name, values, unit) -> {
      var figure = new Figure(part, name, values, unit);
      figures.add(figure);
      System.out.println(figure.row());
    };
  }

  /** Where the figures of one variant go. */
  @FunctionalInterface
  interface Part {
    void add(String name, List<Double> values, String unit);

    default void add(String name, double value, String unit) {
      add(name, List.of(value), unit);
    }

    /** The percentiles of times in microseconds, in milliseconds. */
    default void add(String name, Histogram micros) {
      var percentiles = DoubleStream.of(50, 99, 99.9, 100);
      add(
          name + ", p50 / p99 / p99.9 / max",
          percentiles.map(micros::getValueAtPercentile).map(time -> time / 1e3).boxed().toList(),
          "ms");
    }
  }
}
