package dev.asyncjob.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.docs.Section;
import dev.asyncjob.history.FaultReport.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReliabilityDocumentationTest {
  private static final Path RUNS = Path.of("docs/faults");

  @Test
  void theTableIsTheSumOfTheRunsThatAreKept() throws IOException {
    new Section(Path.of("docs/reliability.md"), "faults").mustBe(FaultTable.read(RUNS));
  }

  @Test
  void runsAddUp(@TempDir Path folder) throws IOException {
    report("2026-11-26T10:00:00Z", 60, 100, 0, fault("a kill", 2, 30, 1.5), fault("b cut", 1, 5, 0))
        .write(folder);
    report("2026-11-27T10:00:00Z", 7140, 1000, 1, fault("a kill", 4, 70, 0.25)).write(folder);

    assertThat(FaultTable.read(folder))
        .isEqualTo(
            """
            2 runs of 2.0 hours in all, 2,200 transitions; 2026-11-26, 2026-11-27; 2 cores; \
            kube-apiserver v1.36.2; Java 17.0.1.

            | fault | injected | jobs through it | violations | longest lateness | longest time to \
            live again |
            |---|---:|---:|---:|---:|---:|
            | a kill | 6 | 100 | 0 | 1.5 s | 3.0 s |
            | b cut | 1 | 5 | 0 | 0.0 s | 0.0 s |
            | **all** | **7** | **1,100** | **1** | 1.5 s | 3.0 s |
            """);
  }

  @Test
  void aReportIsWhatWasWritten(@TempDir Path folder) throws IOException {
    var report = report("2026-11-26T10:00:00.123Z", 60, 100, 0, fault("a kill", 2, 30, 1.5));

    assertThat(FaultReport.read(report.write(folder))).isEqualTo(report);
  }

  private static FaultReport report(
      String date, long seconds, long jobs, int violations, Fault... faults) {
    return new FaultReport(
        Instant.parse(date),
        4711,
        seconds,
        jobs,
        2 * jobs,
        violations,
        "17.0.1",
        "v1.36.2",
        2,
        List.of(faults));
  }

  private static Fault fault(String kind, long number, long jobs, double lateness) {
    var longest = Duration.ofMillis((long) (lateness * 1000));
    return new Fault(kind, number, jobs, 0, longest, longest.multipliedBy(2));
  }
}
