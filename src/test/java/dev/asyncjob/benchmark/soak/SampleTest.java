package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleTest {
  private final Sample sample =
      new Sample(
          Duration.ofSeconds(3_725),
          Map.of(Figure.JOBS, 12_345.0, Figure.RESIDENT, 180.256, Figure.WARNINGS, 0.0));

  @Test
  void aLineOfTheTableHasAColumnForEachFigure() {
    assertThat(Sample.csvHeader())
        .startsWith("seconds,\"resident memory, MiB\",\"live heap, MiB\",\"threads\",");
    assertThat(sample.csv()).isEqualTo("3725,180.26,,,,,,12345,,0");
  }

  @Test
  void peopleAreToldWhatWasLookedAt() {
    assertThat(sample)
        .hasToString(
            "1:02:05  resident memory, MiB: 180.26; jobs in the API server: 12345; "
                + "warnings and errors in the log: 0");
  }
}
