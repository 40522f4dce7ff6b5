package dev.asyncjob.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboard, as Prometheus' own promtool judges them. */
class PrometheusTest {
  private static final Path ALERTS_TEST = Path.of("src/test/prometheus/alerts-test.yaml");

  @Test
  void theAlertsAreValid() {
    promtool("check", "rules", MonitoringFiles.ALERTS.toString());
  }

  @Test
  void theAlertsFireWhenTheyShould() {
    promtool("test", "rules", ALERTS_TEST.toString());
  }

  @Test
  void thePanelsAskWhatPrometheusUnderstands(@TempDir Path folder) throws IOException {
    var rules =
        MonitoringFiles.queries().stream()
            .distinct()
            .map(expr -> Map.of("record", "panel:query", "expr", expr))
            .toList();
    var file = folder.resolve("panels.yaml");
    new YAMLMapper()
        .writeValue(
            file.toFile(), Map.of("groups", List.of(Map.of("name", "panels", "rules", rules))));

    assertThat(rules).hasSizeGreaterThan(15);
    promtool("check", "rules", file.toString());
  }

  @Test
  void eachAlertSaysWhatItIsAndWhatToDo() throws IOException {
    var runbook = Path.of("docs/alerts.md");
    var entries =
        Files.readString(runbook)
            .lines()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3));
    var alerts = MonitoringFiles.alerts();

    assertThat(alerts)
        .allSatisfy(
            alert -> {
              var annotations = alert.get("annotations");
              assertThat(annotations.get("summary").asText()).endsWith(".");
              assertThat(annotations.get("description").asText()).endsWith(".");
              assertThat(annotations.get("runbook_url").asText())
                  .endsWith(runbook + "#" + name(alert).toLowerCase(Locale.ROOT));
            });
    assertThat(entries)
        .containsExactlyElementsOf(alerts.stream().map(PrometheusTest::name).toList());
  }

  @Test
  void eachAlertIsSeenToFireAndNotToFire() throws IOException {
    var tests =
        MonitoringFiles.elements(new YAMLMapper().readTree(ALERTS_TEST.toFile()).get("tests"))
            .flatMap(test -> MonitoringFiles.elements(test.get("alert_rule_test")))
            .toList();

    assertThat(MonitoringFiles.alerts())
        .allSatisfy(
            alert ->
                assertThat(tests)
                    .filteredOn(test -> test.get("alertname").asText().equals(name(alert)))
                    .extracting(test -> test.has("exp_alerts"))
                    .contains(true, false));
  }

  private static String name(JsonNode alert) {
    return alert.get("alert").asText();
  }

  private static void promtool(String... arguments) {
    var promtool = Program.find("promtool");
    assumeTrue(
        promtool.isPresent(),
        "Skipped: promtool, a part of Prometheus, is neither on the PATH nor named by -Dpromtool=…");
    var command = new ArrayList<>(List.of(promtool.get().toString()));
    command.addAll(List.of(arguments));
    var result = Command.run(command, "", Duration.ofMinutes(1), builder -> {});
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
  }
}
