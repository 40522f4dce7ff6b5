package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others write is read as it is meant. */
class ReadingTest {
  private static final String HISTOGRAM =
      """
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:         93614        7171968  [B (java.base@17.0.15)
       107:           301          14448  dev.asyncjob.controller.Agenda$Entry
       560:            12            288  dev.asyncjob.controller.Agenda$Entry2
      Total        398043       20971520
      """;

  @Test
  void theHeapAndTheTimersInIt() {
    assertThat(new LiveObjects(HISTOGRAM).mebibytes()).isEqualTo(20);
    assertThat(new LiveObjects(HISTOGRAM).timers()).isEqualTo(301);
    assertThat(new LiveObjects("Total 1 16\n").timers()).isZero();
  }

  @Test
  void theSeriesAndTheJobsInThem() {
    var scrape =
        new Scrape(
            """
            # HELP asyncjob_jobs Jobs by state
            # TYPE asyncjob_jobs gauge
            asyncjob_jobs{custom_status="Queued",runtime_status="Running"} 40.0
            asyncjob_jobs{custom_status="Completed",runtime_status="Completed"} 2.0
            asyncjob_leader 1.0
            """);

    assertThat(scrape.series()).isEqualTo(3);
    assertThat(scrape.jobs()).isEqualTo(42);
  }

  @Test
  void eachWarningCountsOnce(@TempDir Path folder) throws IOException {
    var log = Files.writeString(folder.resolve("log"), "2026-11-26T10:00:00.000Z INFO  a WARN\n");
    var warnings = new Warnings(log);
    assertThat(warnings.count()).isZero();

    append(log, "2026-11-26T10:00:01.000Z WARN  b\n\tat c\n2026-11-26T10:00:02.000Z ERR");
    assertThat(warnings.count()).isEqualTo(1);

    append(log, "OR d\n");
    assertThat(warnings.count()).isEqualTo(2);
    assertThat(warnings.count()).isEqualTo(2);
  }

  private static void append(Path log, String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }
}
