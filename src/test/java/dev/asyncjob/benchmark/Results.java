package dev.asyncjob.benchmark;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured, as one table and one JSON document. A scenario that is not run again keeps its
 * figures, so that they can be measured one after the other.
 */
final class Results {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final Map<String, List<Report.Figure>> scenarios;

  private Results(Path folder, Map<String, List<Report.Figure>> scenarios) {
    this.folder = folder;
    this.scenarios = scenarios;
  }

  /** What a folder holds of these scenarios, in this order. */
  static Results in(Path folder, List<String> names) throws IOException {
    Map<String, List<Report.Figure>> scenarios = new LinkedHashMap<>();
    names.forEach(name -> scenarios.put(name, List.of()));
    var document = document(folder);
    if (Files.exists(document)) {
      Map<String, List<Report.Figure>> earlier =
          JSON.readValue(document.toFile(), new TypeReference<>() {});
      scenarios.replaceAll((name, none) -> earlier.getOrDefault(name, none));
    }
    return new Results(folder, scenarios);
  }

  void put(String scenario, Report report) throws IOException {
    scenarios.put(scenario, report.figures());
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.md"), table());
    JSON.writeValue(document(folder).toFile(), scenarios);
  }

  String table() {
    return scenarios.values().stream()
        .flatMap(List::stream)
        .map(figure -> figure.row() + "\n")
        .collect(Collectors.joining("", "| scenario | figure | value |\n|---|---|---|\n", ""));
  }

  private static Path document(Path folder) {
    return folder.resolve("report.json");
  }
}
