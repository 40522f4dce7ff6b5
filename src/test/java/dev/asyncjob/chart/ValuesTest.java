package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.asyncjob.docs.Section;
import dev.asyncjob.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** values.yaml against what else knows the values: the program, the schema, the README. */
class ValuesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Kubernetes' own objects, which the API server checks when Helm asks it, and free maps. */
  private static final Set<String> OPEN =
      Set.of(
          "affinity.nodeAffinity",
          "affinity.podAffinity",
          "affinity.podAntiAffinity",
          "extraEnv[].valueFrom",
          "extraVolumeMounts[]",
          "extraVolumes[]",
          "global",
          "networkPolicy.egress[]",
          "networkPolicy.httpFrom[]",
          "networkPolicy.managementFrom[]",
          "podSecurityContext",
          "resources.claims[]",
          "resources.limits",
          "resources.requests",
          "securityContext",
          "topologySpreadConstraints[]");

  @Test
  void thereIsAValueForEverySetting() throws IOException {
    var options =
        new CommandLine(Settings.class)
            .getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(option -> camelCase(option.longestName().substring(2)));
    assertThat(ValuesFile.read().values().keySet().stream().filter(path -> path.size() == 2))
        .filteredOn(path -> path.get(0).equals("asyncjob"))
        .extracting(path -> path.get(1))
        .containsExactlyInAnyOrderElementsOf(options.toList());
  }

  @Test
  void theReadmeListsEveryValue() throws IOException {
    var rows = new StringBuilder();
    for (var entry : ValuesFile.read().values().entrySet()) {
      rows.append(
          "| `%s` | `%s` | %s |\n"
              .formatted(
                  String.join(".", entry.getKey()),
                  entry.getValue().text(),
                  entry.getValue().meaning()));
    }
    new Section(Rendered.CHART.resolve("README.md"), "values")
        .mustBe("| value | default | meaning |\n|---|---|---|\n" + rows);
  }

  @Test
  void theSchemaDescribesEveryValueInTheSameWords() throws IOException {
    var file = Rendered.CHART.resolve("values.schema.json");
    var schema = JSON.readTree(file.toFile());
    var expected = (ObjectNode) schema.deepCopy();
    for (var entry : ValuesFile.read().values().entrySet()) {
      var at = "/properties/" + String.join("/properties/", entry.getKey());
      assertThat(expected.at(at).isObject()).as("the schema has %s", at).isTrue();
      ((ObjectNode) expected.at(at)).put("description", entry.getValue().meaning());
    }
    if (System.getProperty("docs.write") != null) {
      Files.writeString(file, JSON.writer(printer()).writeValueAsString(expected) + "\n");
    }
    assertThat(JSON.readTree(file.toFile()))
        .as("values.schema.json; write it anew with -Ddocs.write")
        .isEqualTo(expected);
  }

  @Test
  void theSchemaIsClosedWhereTheChartIsTheOnlyOneToCheck() throws IOException {
    var schema = JSON.readTree(Rendered.CHART.resolve("values.schema.json").toFile());
    assertThat(open("", schema)).containsExactlyInAnyOrderElementsOf(OPEN);
  }

  /** The objects that take any property. */
  private static List<String> open(String path, JsonNode schema) {
    var found = new ArrayList<String>();
    if ("object".equals(schema.path("type").asText()) && !schema.has("additionalProperties")) {
      found.add(path);
    }
    schema
        .path("properties")
        .properties()
        .forEach(field -> found.addAll(open(child(path, field.getKey()), field.getValue())));
    if (schema.has("items")) {
      found.addAll(open(path + "[]", schema.get("items")));
    }
    return found;
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String camelCase(String option) {
    var words = option.split("-");
    return words[0]
        + Stream.of(words)
            .skip(1)
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }

  private static DefaultPrettyPrinter printer() {
    var printer =
        new DefaultPrettyPrinter()
            .withSeparators(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER));
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    return printer;
  }
}
