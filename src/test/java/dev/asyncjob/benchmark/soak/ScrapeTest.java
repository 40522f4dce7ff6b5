package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ScrapeTest {
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
  void jobsThatAreNotCountedAreNotNone() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Scrape("asyncjob_leader 1.0\n").jobs())
        .withMessageStartingWith("no asyncjob_jobs{");
  }
}
