package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.docs.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakReportTest {
  private static final Path KEPT = Path.of("docs/soak.json");
  private static final Load LOAD =
      new Load(0.5, 4_500, 4_460, 4_460, List.of(), Map.of("edit", 1L));
  private static final Remains NOTHING = new Remains(0, 0, 0);
  private static final Measurements FLAT = MeasurementsTest.all(new Trend(200, 200.25));

  @Test
  void theDocumentationSaysWhatIsKept() throws IOException {
    new Section(Path.of("docs/reliability.md"), "soak")
        .mustBe(
            Files.exists(KEPT)
                ? SoakReport.read(KEPT).markdown()
                : "No figures are kept here yet.\n");
  }

  @Test
  void aReportIsWhatWasWritten(@TempDir Path folder) throws IOException {
    for (var report : List.of(report(LOAD, new Remains(1, 2, 3), FLAT), report(LOAD, null, FLAT))) {
      report.write(folder.resolve("soak.json"));

      assertThat(SoakReport.read(folder.resolve("soak.json"))).isEqualTo(report);
    }
  }

  @Test
  void withoutProblemsItSaysSo() {
    var report = report(LOAD, NOTHING, FLAT);

    assertThat(report.problems()).isEmpty();
    assertThat(report.markdown())
        .startsWith(
            """
            2026-11-26: 2.5 hours, 0.5 jobs/s, 4,460 jobs of 4,500 planned; 0 lost, 0 left over; \
            0 warnings and errors in the log; 1 of the requests of the load refused.
            2 cores, shared by all; kube-apiserver v1.36.2; Java 17.0.1, `-Xmx128m`.

            ![each figure over time](soak.svg)

            | figure | second quarter | last quarter | may grow by | flat |
            |---|---:|---:|---:|---|
            | resident memory, MiB | 200 | 200.25 | 5 % | yes |
            """);
  }

  @Test
  void allThatIsWrongIsNamed() {
    var load = new Load(0.5, 4_500, 4_500, 4_499, List.of("soak-7"), Map.of());
    var growing = MeasurementsTest.all(new Trend(200, 400));

    assertThat(report(load, new Remains(1, 2, 3), growing).problems())
        .contains(
            "lost: soak-7",
            "not flat: resident memory, MiB, 200 in the second quarter, 400 in the last one",
            "left: 1 jobs in the API server, 2 in the operator's count, 3 timers");
  }

  @Test
  void whatIsLeftMustBeKnown() {
    var report = report(LOAD, null, FLAT);

    assertThat(report.problems()).containsExactly("left: unknown, for nobody answered");
    assertThat(report.markdown()).contains("0 lost, an unknown number left over");
  }

  private static SoakReport report(Load load, @Nullable Remains remains, Measurements samples) {
    return new SoakReport(
        Instant.parse("2026-11-26T10:00:00Z"),
        2.5,
        load,
        remains,
        0,
        samples,
        new Environment("17.0.1", "-Xmx128m", "v1.36.2", 2));
  }
}
