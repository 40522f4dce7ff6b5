package dev.asyncjob.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * One run under faults, as it is kept in a file; the runs add up in a {@link FaultTable}.
 *
 * @param date when it ended
 * @param seconds how long faults came
 * @param jobs how many jobs there were
 * @param violations of the whole run, those at no fault's time as well
 */
public record FaultReport(
    Instant date,
    long seed,
    long seconds,
    long jobs,
    long transitions,
    int violations,
    String java,
    String apiServer,
    int cores,
    List<Fault> faults) {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss").withZone(ZoneOffset.UTC);
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  public FaultReport {
    faults = List.copyOf(faults);
  }

  /**
   * All faults of a kind.
   *
   * @param number how often it was injected
   * @param jobs those that were unfinished at its time, summed over all times
   * @param longestLateness of what was due while it lasted
   * @param longestTimeToLiveAgain from its end until a transition came on time
   */
  public record Fault(
      String kind,
      long number,
      long jobs,
      int violations,
      Duration longestLateness,
      Duration longestTimeToLiveAgain) {}

  /** Writes it into a file of its own. */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    var file = folder.resolve("%s-%d.json".formatted(NAME.format(date), seed));
    MAPPER.writeValue(file.toFile(), this);
    return file;
  }

  static FaultReport read(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), FaultReport.class);
  }
}
