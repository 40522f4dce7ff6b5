package dev.asyncjob.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the project gives to Prometheus and Grafana. */
final class MonitoringFiles {
  static final Path ALERTS = Path.of("helm/asyncjob-operator/files/alerts.yaml");

  private static final Path DASHBOARD = Path.of("helm/asyncjob-operator/files/dashboard.json");

  private MonitoringFiles() {}

  static List<JsonNode> alerts() throws IOException {
    return new YAMLMapper()
        .readTree(ALERTS.toFile()).findValues("rules").stream()
            .flatMap(MonitoringFiles::elements)
            .toList();
  }

  static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(DASHBOARD.toFile());
  }

  /** The PromQL of all panels, as it is sent when all namespaces are chosen. */
  static List<String> queries() throws IOException {
    return dashboard().findValuesAsText("expr").stream()
        .map(expr -> expr.replace("$__rate_interval", "1m"))
        .toList();
  }

  static Stream<JsonNode> elements(JsonNode list) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(list::get);
  }
}
