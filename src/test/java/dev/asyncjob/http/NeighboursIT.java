package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do everything in his namespace, at the jobs of another one behind the same service. */
@ExtendWith(ClusterExtension.class)
class NeighboursIT {
  private static final String JOB = "job-theirs";
  private static final String LONG = "{\"QueuedDuration\":3600}";

  @Test
  void nobodyGetsAtTheJobsNextDoor(Cluster cluster) {
    var mine = cluster.newNamespace("mine");
    var theirs = cluster.newNamespace("theirs");
    var me = TwoNamespaces.user(mine, "admin", "*");
    var them = TwoNamespaces.user(theirs, "admin", "*");
    try (var service = TwoNamespaces.service(cluster, Duration.ofHours(1), theirs, mine)) {
      var start = BASE + "/orchestrators/AsyncJobOrchestrator/" + JOB;
      var inMine = "taskHub=" + mine.name();
      assertThat(service.post(start, LONG, TwoNamespaces.auth(them)).status()).isEqualTo(202);
      assertThat(service.post(start + "2?" + inMine, LONG, TwoNamespaces.auth(me)).status())
          .isEqualTo(202);
      var before = state(theirs);
      var tries = 0;

      for (var route : routes()) {
        for (var hub :
            List.of(
                "",
                "taskHub=" + theirs.name(),
                "TASKHUB=" + theirs.name(),
                "taskHub=" + theirs.name().toUpperCase(Locale.ROOT),
                "taskHub=",
                "taskHub=unknown",
                "taskHub=%2e%2e%2f" + mine.name(),
                "taskHub=" + mine.name() + "%00",
                inMine + "&" + inMine,
                inMine + "&taskHub=" + theirs.name(),
                "taskHub=" + theirs.name() + "&" + inMine)) {
          var request = hub.isEmpty() ? route.request() : route.request().query(hub);
          var answer = request.with("Authorization: Bearer " + me).sendTo(service.url());
          assertThat(answer).as("%s", request).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\n");
          tries++;
        }
        // Where I may everything, theirs are not.
        if (!route.target().startsWith("/api")) {
          var answer =
              route
                  .request()
                  .query(inMine)
                  .with("Authorization: Bearer " + me)
                  .sendTo(service.url());
          assertThat(answer).as("%s", route).doesNotContain(JOB + "\"", JOB + "?", JOB + "/");
          tries++;
        }
      }
      System.out.println(tries + " tries");

      assertThat(state(theirs)).isEqualTo(before);
    }
  }

  private static List<Route> routes() {
    return Route.all(JOB).stream().filter(route -> route.credentials().contains("bearer")).toList();
  }

  private static String state(TestNamespace namespace) {
    return namespace
        .kubectl()
        .get("get", "asyncjobs", "-o", "jsonpath={range .items[*]}{.metadata.name} {.spec} {end}");
  }
}
