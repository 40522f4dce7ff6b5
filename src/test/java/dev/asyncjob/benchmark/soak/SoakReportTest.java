package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncjob.docs.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakReportTest {
  private static final Remains NOTHING = new Remains(0, 0, 0);
  private static final Trend FLAT = new Trend(200, 209.5);
  private static final Path KEPT = Path.of("docs/soak.json");

  @Test
  void theDocumentationSaysWhatIsKept() throws IOException {
    assumeTrue(Files.exists(KEPT), "no soak is kept");

    new Section(Path.of("docs/reliability.md"), "soak").mustBe(SoakReport.read(KEPT).markdown());
  }

  @Test
  void aReportIsWhatWasWritten(@TempDir Path folder) throws IOException {
    var report = report(List.of("soak-7"), new Remains(1, 2, 3), FLAT);
    report.write(folder.resolve("soak.json"));

    assertThat(SoakReport.read(folder.resolve("soak.json"))).isEqualTo(report);
  }

  @Test
  void withoutProblemsItSaysSo() {
    var report = report(List.of(), NOTHING, FLAT);

    assertThat(report.problems()).isEmpty();
    assertThat(report.markdown())
        .isEqualTo(
            """
            2026-11-26: 2.5 hours, 15 jobs/s, 135,000 jobs; 0 lost, 0 left over; 0 warnings and \
            errors in the log; 1 of the requests of the load refused.
            2 cores, shared by all; kube-apiserver v1.36.2; Java 17.0.1, `-Xmx128m`.

            ![each figure over time](soak.svg)

            | figure | second quarter | last quarter | may grow by | flat |
            |---|---:|---:|---:|---|
            | resident memory, MiB | 200 | 209.5 | 5 % | yes |
            """);
  }

  @Test
  void allThatIsWrongIsNamed() {
    var report = report(List.of("soak-7"), new Remains(1, 2, 3), new Trend(200, 211));

    assertThat(report.problems())
        .containsExactly(
            "not flat: resident memory, MiB, 200 in the second quarter, 211 in the last one",
            "lost: soak-7",
            "left: 1 jobs in the API server, 2 in the operator's count, 3 timers");
    assertThat(report.markdown()).contains("| resident memory, MiB | 200 | 211 | 5 % | **no** |");
  }

  private static SoakReport report(List<String> lost, Remains remains, Trend resident) {
    return new SoakReport(
        Instant.parse("2026-11-26T10:00:00Z"),
        2.5,
        15,
        135_000,
        134_999,
        lost,
        remains,
        Map.of("edit", 1L),
        0,
        Map.of(Figure.RESIDENT, resident),
        "17.0.1",
        "-Xmx128m",
        "v1.36.2",
        2);
  }
}
