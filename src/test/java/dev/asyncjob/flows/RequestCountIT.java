package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** By the API server's own count, so that nothing that is sent is missed. */
@ExtendWith(ClusterExtension.class)
class RequestCountIT {
  private static final int JOBS = 50;
  private static final Pattern COUNTER =
      Pattern.compile("apiserver_request_total\\{(?<labels>[^}]*)} (?<count>\\S+)");

  @Test
  void aJobCostsItsCreationAndThreeStatusWrites(TestNamespace namespace) {
    try (var jobs = Jobs.in(namespace);
        var operator = namespace.startOperator(Map.of()).awaitReady()) {
      var before = requests(namespace);

      jobs.createMany(JOBS, i -> spec(i % 2 * 300));
      for (int i = 0; i < JOBS; i++) {
        jobs.await("x" + i, "Completed/Completed");
      }

      assertThat(difference(before, requests(namespace)))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("POST asyncjobs 201", JOBS, "PUT asyncjobs/status 200", 3 * JOBS));
      assertThat(operator.isAlive()).isTrue();
    }
  }

  @Test
  void anEditASuspensionAndAResumptionCostOneWriteEach(TestNamespace namespace) {
    try (var jobs = Jobs.in(namespace);
        var operator = namespace.startOperator(Map.of()).awaitReady()) {
      jobs.apply("x", "{queuedDuration: 600s}");
      jobs.await("x", "Queued/Running");
      var before = requests(namespace);

      jobs.edit("x", "{\"queuedDuration\": \"700s\"}");
      jobs.await("x", version -> version.queued().duration().toSeconds() == 700, "edited");
      jobs.edit("x", "{\"suspend\": true}");
      jobs.await("x", "Queued/Suspended");
      jobs.edit("x", "{\"suspend\": false}");
      jobs.await("x", "Queued/Running");
      jobs.kubectl().get("label", "aj", "x", "a=b");
      jobs.edit("x", "{\"ttlSecondsAfterFinished\": 0}");
      jobs.await("x", version -> version.status().observedGeneration() == 5, "observed");

      assertThat(difference(before, requests(namespace)))
          .containsEntry("PUT asyncjobs/status 200", 4)
          .doesNotContainKey("DELETE asyncjobs 200");
      assertThat(operator.isAlive()).isTrue();
    }
  }

  private static String spec(int millis) {
    return "{queuedDuration: %1$dms, inProgressDuration: %1$dms}".formatted(millis);
  }

  /** Requests for jobs and Events, by verb and answer; watches are counted when they end. */
  private static Map<String, Integer> requests(TestNamespace namespace) {
    var requests = new TreeMap<String, Integer>();
    var counter = COUNTER.matcher(namespace.client().raw("/metrics"));
    while (counter.find()) {
      var labels = counter.group("labels");
      var resource = label(labels, "resource");
      if (resource.equals("asyncjobs") || resource.equals("events")) {
        var subresource = label(labels, "subresource");
        requests.merge(
            label(labels, "verb")
                + " "
                + resource
                + (subresource.isEmpty() ? "" : "/" + subresource)
                + " "
                + label(labels, "code"),
            (int) Double.parseDouble(counter.group("count")),
            Integer::sum);
      }
    }
    return requests;
  }

  private static String label(String labels, String name) {
    var label = Pattern.compile("(?:^|,)" + name + "=\"([^\"]*)\"").matcher(labels);
    return label.find() ? label.group(1) : "";
  }

  private static Map<String, Integer> difference(
      Map<String, Integer> before, Map<String, Integer> after) {
    var difference = new TreeMap<String, Integer>();
    after.forEach(
        (request, count) -> {
          var more = count - before.getOrDefault(request, 0);
          if (more != 0) {
            difference.put(request, more);
          }
        });
    return difference;
  }
}
