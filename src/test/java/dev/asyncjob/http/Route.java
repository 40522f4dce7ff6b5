package dev.asyncjob.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A route of openapi.json, which has them all: a new one is tried by itself.
 *
 * @param target its path, with the names of a job that is there and of a new one
 * @param credentials the kinds that it takes: bearer, code and functionsKey
 */
record Route(String method, String target, Set<String> credentials) {
  static List<Route> all(String job) {
    var routes = new ArrayList<Route>();
    for (var path : document().get("paths").properties()) {
      var target =
          path.getKey()
              .replace("{functionName}", "AsyncJobOrchestrator")
              .replace("{instanceId}", path.getKey().contains("orchestrators") ? "intruder" : job)
              .replace("{jobName}", job.replaceFirst("^job-", ""))
              .replace("{eventName}", "event");
      for (var method : path.getValue().properties()) {
        routes.add(
            new Route(
                method.getKey().toUpperCase(Locale.ROOT),
                target,
                credentials(method.getValue().get("security"))));
      }
    }
    return routes;
  }

  RawRequest request() {
    return new RawRequest(
        method,
        method.equals("DELETE") && target.endsWith("/instances")
            ? target + "?createdTimeFrom=2000-01-01"
            : target);
  }

  private static Set<String> credentials(JsonNode security) {
    var names = new TreeSet<String>();
    security.forEach(kind -> kind.fieldNames().forEachRemaining(names::add));
    return names;
  }

  private static JsonNode document() {
    try {
      return new JsonMapper().readTree(Path.of("src/main/resources/openapi.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
