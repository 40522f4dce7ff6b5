package dev.asyncjob.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** The figures of a run, told as they come, and written as one table and one JSON document. */
final class Report {
  /** One line of the table. */
  record Figure(String scenario, String name, double value, String unit) {}

  private final List<Figure> figures = new ArrayList<>();

  /** The part of the report that is about one scenario, or one variant of it. */
  Part of(String scenario) {
    return (name, value, unit) -> {
      var figure = new Figure(scenario, name, value, unit);
      figures.add(figure);
      System.out.println(row(figure));
    };
  }

  /** Where the figures of one scenario go. */
  interface Part {
    void add(String name, double value, String unit);

    /** The percentiles of times in microseconds, in milliseconds. */
    default void add(String name, Histogram micros) {
      add(name + " p50", micros.getValueAtPercentile(50) / 1e3, "ms");
      add(name + " p99", micros.getValueAtPercentile(99) / 1e3, "ms");
      add(name + " p99.9", micros.getValueAtPercentile(99.9) / 1e3, "ms");
      add(name + " max", micros.getMaxValue() / 1e3, "ms");
    }
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.md"), table());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(folder.resolve("report.json").toFile(), figures);
  }

  String table() {
    var table = new StringBuilder("| scenario | figure | value |\n|---|---|---|\n");
    figures.forEach(figure -> table.append(row(figure)).append('\n'));
    return table.toString();
  }

  private static String row(Figure figure) {
    var pattern = figure.value() == Math.rint(figure.value()) ? "%.0f" : "%.3g";
    var value =
        Math.abs(figure.value()) >= 100
            ? "%,.0f".formatted(figure.value())
            : String.format(Locale.ROOT, pattern, figure.value());
    return "| %s | %s | %s %s |"
        .formatted(figure.scenario(), figure.name(), value, figure.unit())
        .replace("  ", " ");
  }
}
