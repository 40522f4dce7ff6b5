package dev.asyncjob.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.docs.Section;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClusterExtension.class)
class ManagementIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Pattern NAME = Pattern.compile("\\b(asyncjob|jvm|process|system)_\\w+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whatTheDashboardsRelyOnIsThere(TestNamespace namespace) throws Exception {
    try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
      completeOneJob(namespace, operator);

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
                          "asyncjob_next_transition_seconds NaN",
                          "asyncjob_unreadable_jobs 0.0",
                          "asyncjob_status_write_seconds_bucket{result=\"ok\",le=\"0.001\"}",
                          "asyncjob_status_write_seconds_count{result=\"ok\"} 3",
                          "asyncjob_status_write_seconds_count{result=\"error\"} 0",
                          "asyncjob_leader 1.0",
                          "asyncjob_build_info{",
                          "jvm_memory_used_bytes{")
                      .doesNotContain("gb4711"));
      namespace.kubectl().apply(job("timer", "{queuedDuration: 600s}"));
      operator.awaitLog("/timer", LIMIT);
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(nextTransition(operator)).isBetween(1.0, 600.0));
    }
  }

  /** By every name that alerts and dashboard ask for, and the document lists what there is. */
  @Test
  void alertsDashboardAndDocumentSpeakOfWhatIsThere(TestNamespace namespace) throws Exception {
    try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
      completeOneJob(namespace, operator);
      http.send(
          HttpRequest.newBuilder(operator.http().resolve("/nowhere")).build(),
          BodyHandlers.discarding());
      await()
          .atMost(LIMIT)
          .until(() -> get(operator, "/metrics").body().contains("asyncjob_http_requests"));
      var metrics = get(operator, "/metrics").body();

      var queries = new ArrayList<>(MonitoringFiles.queries());
      queries.addAll(MonitoringFiles.alerts().stream().map(a -> a.get("expr").asText()).toList());
      assertThat(names(String.join("\n", queries)))
          .isNotEmpty()
          .isSubsetOf(names(metrics.replaceAll("(?m)^#.*$", "")));

      new Section(Path.of("docs/observe.md"), "metrics").mustBe(table(metrics));
      assertThat(metrics.lines().filter(line -> !line.startsWith("#")))
          .allSatisfy(line -> assertThat(line).containsPattern("^(asyncjob|jvm|process|system)_"));
    }
  }

  /** The lease is somebody's for ever. */
  @Test
  void aStandbyServesAndShowsWhatIsOverdue(TestNamespace namespace) throws Exception {
    namespace.kubectl().apply(job("x", "{queuedDuration: 1s}"));
    try (var operator = namespace.startOperator(Map.of())) {
      operator.awaitLog("None -> Queued", LIMIT).kill();
    }
    namespace
        .kubectl()
        .apply(
            "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: asyncjob-operator},"
                + " spec: {holderIdentity: somebody, leaseDurationSeconds: 6,"
                + " acquireTime: '2026-01-01T00:00:00.000000Z',"
                + " renewTime: '2100-01-01T00:00:00.000000Z'}}");
    var election =
        Map.of("ASYNCJOB_LEADER_ELECTION", "true", "ASYNCJOB_LEASE_NAMESPACE", namespace.name());
    try (var standby = namespace.startOperator(election).awaitReady()) {
      assertThat(get(standby, "/livez").statusCode()).isEqualTo(200);
      assertThat(get(standby, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(standby, "/metrics").body()).contains("asyncjob_leader 0.0");
      await().atMost(LIMIT).untilAsserted(() -> assertThat(nextTransition(standby)).isNegative());
      var started =
          http.send(
              HttpRequest.newBuilder(standby.http().resolve("/openapi.json")).build(),
              BodyHandlers.discarding());
      assertThat(started.statusCode()).isEqualTo(200);
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

  private static void completeOneJob(TestNamespace namespace, OperatorProcess operator) {
    namespace.kubectl().apply(job("gb4711", "{queuedDuration: 10ms, inProgressDuration: 10ms}"));
    operator.awaitLog("InProgress -> Completed", LIMIT);
  }

  private static String job(String name, String spec) {
    return "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: %s}, spec: %s}"
        .formatted(name, spec);
  }

  private double nextTransition(OperatorProcess operator) throws Exception {
    return get(operator, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("asyncjob_next_transition_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /** The project's own metrics: name, type, labels, meaning. */
  private static String table(String metrics) {
    return "| metric | type | labels | meaning |\n|---|---|---|---|\n"
        + metrics
            .lines()
            .filter(line -> line.startsWith("# HELP asyncjob_") && !line.contains("_max "))
            .map(line -> line.split(" ", 4))
            .map(
                help ->
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            help[2], type(metrics, help[2]), labels(metrics, help[2]), help[3]))
            .collect(Collectors.joining());
  }

  private static String type(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("# TYPE " + name + " "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }

  private static String labels(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.matches(name + "(_count)?\\{.*"))
        .flatMap(line -> LABEL.matcher(line).results().map(label -> "`" + label.group(1) + "`"))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private HttpResponse<String> get(OperatorProcess operator, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(operator.management() + path)).build(),
        BodyHandlers.ofString());
  }
}
