package dev.asyncjob.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final PrometheusMeterRegistry registry = Metrics.registry("1", "abc");

  @Test
  void requestsAreCountedByRouteAndKnownMethod() {
    var http = new HttpMetrics(registry);
    http.answered("/api/job-start/{jobName}", "GET", 202, Duration.ofMillis(7));
    http.answered("", "GET", 404, Duration.ofMillis(7));
    http.answered("", "INVENTED1", 404, Duration.ofMillis(7));
    http.answered("", "INVENTED2", 404, Duration.ofMillis(7));

    assertThat(registry.scrape())
        .contains(
            "_seconds_count{method=\"GET\",route=\"/api/job-start/{jobName}\",status=\"202\"} 1",
            "status=\"202\",le=\"0.005\"} 0",
            "status=\"202\",le=\"0.01\"} 1",
            "_seconds_count{method=\"GET\",route=\"none\",status=\"404\"} 1",
            "_seconds_count{method=\"other\",route=\"none\",status=\"404\"} 2")
        .doesNotContain("INVENTED");
  }
}
