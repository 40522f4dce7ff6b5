package dev.asyncjob.history;

import dev.asyncjob.history.FaultReport.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The sum of runs, in Markdown: a line for each kind of fault. */
public final class FaultTable {
  private static final String HEAD =
      """
      | fault | injected | jobs through it | violations | longest lateness | longest time to live again |
      |---|---:|---:|---:|---:|---:|
      """;

  private FaultTable() {}

  /** Of all reports in a folder. */
  public static String read(Path folder) throws IOException {
    var reports = new ArrayList<FaultReport>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, "*.json")) {
        for (var file : files) {
          reports.add(FaultReport.read(file));
        }
      }
    }
    return of(reports);
  }

  public static String of(Collection<FaultReport> reports) {
    if (reports.isEmpty()) {
      return "No run has been kept yet.\n";
    }
    var byKind =
        reports.stream()
            .flatMap(report -> report.faults().stream())
            .collect(
                Collectors.groupingBy(
                    Fault::kind, TreeMap::new, Collectors.reducing(FaultTable::sum)));
    var rows =
        byKind.values().stream()
            .flatMap(sum -> sum.stream())
            .map(FaultTable::row)
            .collect(Collectors.joining());
    return circumstances(reports) + "\n" + HEAD + rows + total(reports);
  }

  private static Fault sum(Fault one, Fault other) {
    return new Fault(
        one.kind(),
        one.number() + other.number(),
        one.jobs() + other.jobs(),
        one.violations() + other.violations(),
        longer(one.longestLateness(), other.longestLateness()),
        longer(one.longestTimeToLiveAgain(), other.longestTimeToLiveAgain()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String row(Fault fault) {
    return "| %s | %s | %s | %d | %s | %s |\n"
        .formatted(
            fault.kind(),
            number(fault.number()),
            number(fault.jobs()),
            fault.violations(),
            seconds(fault.longestLateness()),
            seconds(fault.longestTimeToLiveAgain()));
  }

  /** A job that went through many faults counts once here, and a violation of no fault as well. */
  private static String total(Collection<FaultReport> reports) {
    var faults = reports.stream().flatMap(report -> report.faults().stream()).toList();
    return "| **all** | **%s** | **%s** | **%d** | %s | %s |\n"
        .formatted(
            number(faults.stream().mapToLong(Fault::number).sum()),
            number(sum(reports, FaultReport::jobs)),
            sum(reports, FaultReport::violations),
            seconds(longest(faults.stream().map(Fault::longestLateness).toList())),
            seconds(longest(faults.stream().map(Fault::longestTimeToLiveAgain).toList())));
  }

  private static String circumstances(Collection<FaultReport> reports) {
    return "%d %s of %s in all, %s transitions; %s; %s; kube-apiserver %s; Java %s.\n"
        .formatted(
            reports.size(),
            reports.size() == 1 ? "run" : "runs",
            time(sum(reports, FaultReport::seconds)),
            number(sum(reports, FaultReport::transitions)),
            each(reports, report -> LocalDate.ofInstant(report.date(), ZoneOffset.UTC).toString()),
            each(reports, report -> report.cores() + " cores"),
            each(reports, FaultReport::apiServer),
            each(reports, FaultReport::java));
  }

  private static String each(Collection<FaultReport> reports, Function<FaultReport, String> value) {
    return reports.stream().map(value).distinct().sorted().collect(Collectors.joining(", "));
  }

  private static long sum(Collection<FaultReport> reports, ToLongFunction<FaultReport> value) {
    return reports.stream().mapToLong(value).sum();
  }

  private static Duration longest(List<Duration> durations) {
    return durations.stream().reduce(Duration.ZERO, FaultTable::longer);
  }

  private static String time(long seconds) {
    return seconds < 3600
        ? "%d minutes".formatted(Math.round(seconds / 60.0))
        : String.format(Locale.ROOT, "%.1f hours", seconds / 3600.0);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
