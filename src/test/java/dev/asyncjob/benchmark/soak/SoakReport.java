package dev.asyncjob.benchmark.soak;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a soak has shown.
 *
 * @param date when it ended
 * @param remains what there is long after the last job should have gone; null if nobody answers
 * @param warnings and errors in the log
 */
record SoakReport(
    Instant date,
    double hours,
    Load load,
    @Nullable Remains remains,
    long warnings,
    Measurements samples,
    Environment environment) {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  static SoakReport read(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), SoakReport.class);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    MAPPER.writeValue(file.toFile(), this);
  }

  /** Why the operator has not stood the test; empty if it has. */
  List<String> problems() {
    return Stream.of(load.problems(), samples.problems(), left()).flatMap(lines -> lines).toList();
  }

  private Stream<String> left() {
    if (remains == null) {
      return Stream.of("left: unknown, for nobody answered");
    }
    return remains.none() ? Stream.empty() : Stream.of("left: " + remains);
  }

  /** For the documentation. */
  String markdown() {
    return String.format(
            Locale.ROOT,
            "%s: %s hours, %s jobs/s, %,d jobs of %,d planned; %d lost, %s left over; "
                + "%d warnings and errors in the log; %d of the requests of the load refused.\n",
            date.atZone(ZoneOffset.UTC).toLocalDate(),
            Decimal.text(hours),
            Decimal.text(load.perSecond()),
            load.created(),
            load.planned(),
            load.lost().size(),
            remains == null ? "an unknown number" : remains.stored(),
            warnings,
            load.refused())
        + environment
        + "\n\n![each figure over time](soak.svg)\n\n"
        + samples.table();
  }
}
