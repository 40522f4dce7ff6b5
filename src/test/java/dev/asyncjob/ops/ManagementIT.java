package dev.asyncjob.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClusterExtension.class)
class ManagementIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whatTheDashboardsRelyOnIsThere(TestNamespace namespace) throws Exception {
    try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
      namespace
          .kubectl()
          .apply(
              "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: gb4711},"
                  + " spec: {queuedDuration: 10ms, inProgressDuration: 10ms}}");
      operator.awaitLog("InProgress -> Completed", LIMIT);

      assertThat(get(operator, "/livez").statusCode()).isEqualTo(200);
      assertThat(get(operator, "/readyz").statusCode()).isEqualTo(200);
      // The counts follow the watch, which may be a moment behind the write.
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(get(operator, "/metrics").body())
                      .contains(
                          "asyncjob_transitions_total{from=\"None\",to=\"Queued\"} 1.0",
                          "asyncjob_transitions_total{from=\"Queued\",to=\"InProgress\"} 1.0",
                          "asyncjob_transitions_total{from=\"InProgress\",to=\"Completed\"} 1.0",
                          "asyncjob_transition_lateness_seconds_bucket{le=\"0.001\"}",
                          "asyncjob_transition_lateness_seconds_bucket{le=\"3600.0\"} 2",
                          "asyncjob_jobs{custom_status=\"Completed\",runtime_status=\"Completed\"} 1.0",
                          "asyncjob_next_transition_seconds",
                          "asyncjob_status_write_seconds_bucket{result=\"ok\",le=\"0.001\"}",
                          "asyncjob_status_write_seconds_count{result=\"ok\"} 3",
                          "asyncjob_leader 1.0",
                          "asyncjob_build_info{",
                          "jvm_memory_used_bytes{",
                          "operator_sdk_reconciliations_started_total{")
                      .doesNotContain("gb4711"));
    }
  }

  @Test
  void anOperatorWithoutAnApiServerLivesAndSaysWhatIsMissing(
      TestNamespace namespace, @TempDir Path folder) throws Exception {
    var kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            """
            apiVersion: v1
            kind: Config
            current-context: nobody
            clusters: [{name: nobody, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: nobody, user: {}}]
            contexts: [{name: nobody, context: {cluster: nobody, user: nobody}}]
            """);
    try (var operator = namespace.startOperator(Map.of("KUBECONFIG", kubeconfig.toString()))) {
      operator.awaitLog("waiting for the API server", LIMIT);

      assertThat(get(operator, "/livez").statusCode()).isEqualTo(200);
      assertThat(get(operator, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(operator, "/readyz").body()).contains("the API server has not answered");
    }
  }

  private HttpResponse<String> get(OperatorProcess operator, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(operator.management() + path)).build(),
        BodyHandlers.ofString());
  }
}
