package dev.asyncjob.benchmark.soak;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a soak has shown.
 *
 * @param date when it ended
 * @param jobs whose creation was answered
 * @param lost jobs that were not seen Completed
 * @param remains what there is long after the last job should have gone
 * @param refusals requests that were not answered as they should, by their kind
 */
record SoakReport(
    Instant date,
    double hours,
    double perSecond,
    long jobs,
    long completed,
    List<String> lost,
    Remains remains,
    Map<String, Long> refusals,
    long warnings,
    Map<Figure, Trend> trends,
    String java,
    String javaOptions,
    String apiServer,
    int cores) {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addMixIn(Remains.class, RemainsFields.class)
          .build();

  @JsonIgnoreProperties("nothing")
  private interface RemainsFields {}

  SoakReport {
    lost = List.copyOf(lost);
    refusals = new TreeMap<>(refusals);
    trends = new TreeMap<>(trends);
  }

  static SoakReport read(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), SoakReport.class);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    MAPPER.writeValue(file.toFile(), this);
  }

  /** Why the operator has not stood the test; empty if it has. */
  List<String> problems() {
    var growing =
        trends.entrySet().stream()
            .filter(trend -> !isFlat(trend.getKey(), trend.getValue()))
            .map(trend -> "not flat: " + text(trend.getKey(), trend.getValue()));
    var lostJobs = lost.stream().map(job -> "lost: " + job);
    var left = Stream.of(remains).filter(what -> !what.isNothing()).map(what -> "left: " + what);
    return Stream.of(growing, lostJobs, left).flatMap(lines -> lines).toList();
  }

  /** For the documentation. */
  String markdown() {
    var date = this.date.atZone(ZoneOffset.UTC).toLocalDate();
    var head =
        String.format(
            Locale.ROOT,
            "%s: %.1f hours, %.0f jobs/s, %,d jobs; %d lost, %d left over; %d warnings and errors in the log; "
                + "%d of the requests of the load refused.%n%d cores, shared by all; kube-apiserver %s; Java %s, `%s`.%n",
            date,
            hours,
            perSecond,
            jobs,
            lost.size(),
            remains.stored(),
            warnings,
            refusals.values().stream().mapToLong(count -> count).sum(),
            cores,
            apiServer,
            java,
            javaOptions);
    var rows =
        trends.entrySet().stream()
            .map(trend -> row(trend.getKey(), trend.getValue()))
            .collect(Collectors.joining());
    return head
        + "\n![each figure over time](soak.svg)\n\n"
        + "| figure | second quarter | last quarter | may grow by | flat |\n"
        + "|---|---:|---:|---:|---|\n"
        + rows;
  }

  private static boolean isFlat(Figure figure, Trend trend) {
    return figure.margin().map(margin -> margin.holds(trend)).orElse(true);
  }

  private static String row(Figure figure, Trend trend) {
    Optional<Margin> margin = figure.margin();
    return "| %s | %s | %s | %s | %s |%n"
        .formatted(
            figure.title(),
            number(trend.secondQuarter()),
            number(trend.lastQuarter()),
            margin.map(Margin::toString).orElse(""),
            isFlat(figure, trend) ? "yes" : "**no**");
  }

  private static String text(Figure figure, Trend trend) {
    return "%s, %s in the second quarter, %s in the last one"
        .formatted(figure.title(), number(trend.secondQuarter()), number(trend.lastQuarter()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
  }
}
