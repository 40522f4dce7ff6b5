package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients see while the API server does not answer. */
@ExtendWith(ClusterExtension.class)
class HttpOutageIT {
  private static final String START = BASE + "/orchestrators/AsyncJobOrchestrator";
  private static final String INSTANCES = BASE + "/instances";
  private static final String LONG = "{\"QueuedDuration\":60}";

  @Test
  void pollersSeeNothingOfItAndOthersAreToldWhenToComeAgain(Cluster cluster) {
    var namespace = cluster.newNamespace("outage").name();
    try (var service = Service.start(cluster, namespace, Duration.ofSeconds(60))) {
      service.post(START + "/running", LONG);
      var apiServer = cluster.controlPlane().apiServer();
      apiServer.pause();
      try {
        assertThat(service.get(INSTANCES + "/running").status()).isEqualTo(202);
        assertThat(service.get(INSTANCES).json()).hasSize(1);
        for (var answer :
            new Service.Answer[] {
              service.get(INSTANCES + "/unknown"),
              service.post(START + "/new", LONG),
              service.post(INSTANCES + "/running/terminate", ""),
              service.get("/api/job-start/new")
            }) {
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.header("Retry-After")).isPresent();
          assertThat(answer.json().get("Message").asText()).isNotEmpty();
        }
      } finally {
        apiServer.resume();
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> service.get("/api/job-start/new").status() == 202);
      assertThat(service.get(INSTANCES + "/job-new").status()).isEqualTo(202);
    }
  }
}
