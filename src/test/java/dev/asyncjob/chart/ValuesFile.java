package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** values.yaml: each value with its default, and what the comment before it says. */
record ValuesFile(Map<List<String>, Value> values) {
  private static final Pattern KEY = Pattern.compile("(?<indent> *)(?<key>[A-Za-z]\\w*):.*");
  private static final Pattern COMMENT = Pattern.compile(" *# -- (?<text>.*)");

  /** A documented value: its default, and what it is for. */
  record Value(JsonNode byDefault, String meaning) {
    /** As it is written in one line. */
    String text() throws IOException {
      return new ObjectMapper().writeValueAsString(byDefault);
    }
  }

  /** Reads the file; what is below a documented value belongs to its default. */
  static ValuesFile read() throws IOException {
    var file = Rendered.CHART.resolve("values.yaml");
    var defaults = new YAMLMapper().readTree(file.toFile());
    var values = new LinkedHashMap<List<String>, Value>();
    var path = new ArrayDeque<String>();
    var documented = Integer.MAX_VALUE;
    String meaning = null;
    for (var line : Files.readAllLines(file)) {
      var comment = COMMENT.matcher(line);
      var key = KEY.matcher(line);
      if (comment.matches()) {
        meaning = comment.group("text");
        documented = Integer.MAX_VALUE;
      } else if (key.matches()) {
        var depth = key.group("indent").length() / 2;
        if (depth > documented) {
          continue;
        }
        documented = Integer.MAX_VALUE;
        while (path.size() > depth) {
          path.removeLast();
        }
        path.addLast(key.group("key"));
        if (meaning != null) {
          var at = List.copyOf(path);
          values.put(at, new Value(defaults.at("/" + String.join("/", at)), meaning));
          documented = depth;
          meaning = null;
        }
      }
    }
    assertAllDocumented(defaults, List.of(), values.keySet());
    return new ValuesFile(values);
  }

  private static void assertAllDocumented(
      JsonNode node, List<String> path, Set<List<String>> documented) {
    if (documented.contains(path)) {
      return;
    }
    assertThat(node.isObject() && !node.isEmpty()).as("%s has a comment # --", path).isTrue();
    node.properties()
        .forEach(
            field ->
                assertAllDocumented(field.getValue(), child(path, field.getKey()), documented));
  }

  private static List<String> child(List<String> path, String key) {
    return Stream.concat(path.stream(), Stream.of(key)).toList();
  }
}
