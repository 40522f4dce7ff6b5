package dev.asyncjob.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How many requests for jobs the API server has answered, by its own count. */
final class ApiRequests {
  private static final Pattern COUNTER =
      Pattern.compile(
          "apiserver_request_total\\{(?=[^}]*resource=\"asyncjobs\")"
              + "(?=[^}]*subresource=\"(?<subresource>[^\"]*)\")"
              + "(?=[^}]*verb=\"(?<verb>[^\"]*)\")[^}]*} (?<count>\\S+)");

  private final Map<String, Double> counts = new TreeMap<>();

  private ApiRequests() {}

  static ApiRequests of(KubernetesClient client) {
    var requests = new ApiRequests();
    var counter = COUNTER.matcher(client.raw("/metrics"));
    while (counter.find()) {
      var part = counter.group("subresource").isEmpty() ? "" : "/" + counter.group("subresource");
      requests.counts.merge(
          counter.group("verb") + " asyncjobs" + part,
          Double.parseDouble(counter.group("count")),
          Double::sum);
    }
    return requests;
  }

  /** The requests that came after another count. */
  Map<String, Double> since(ApiRequests before) {
    var difference = new TreeMap<String, Double>();
    counts.forEach(
        (request, count) -> {
          var more = count - before.counts.getOrDefault(request, 0.0);
          if (more > 0) {
            difference.put(request, more);
          }
        });
    return difference;
  }
}
