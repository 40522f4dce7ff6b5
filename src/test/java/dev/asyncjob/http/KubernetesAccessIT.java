package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.http.Service.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may do what, as the rules of a real API server have it. */
@ExtendWith(ClusterExtension.class)
class KubernetesAccessIT {
  private static final String INSTANCES = BASE + "/instances";
  private static final String INPUT = "{\"QueuedDuration\":0,\"InProgressDuration\":0}";

  @Test
  void callersMayDoWhatTheyMayDoWithKubectl(Cluster cluster) {
    var here = cluster.newNamespace("here");
    var there = cluster.newNamespace("there");
    var all = TwoNamespaces.user(here, "all", "*");
    var reader = TwoNamespaces.user(here, "reader", "get,list");
    var starter = TwoNamespaces.user(here, "starter", "create");
    var stranger = TwoNamespaces.user(there, "stranger", "*");
    try (var service = TwoNamespaces.service(cluster, Duration.ofSeconds(1), here, there)) {
      assertUnauthorized(service.get(INSTANCES + "/job-a"));
      assertUnauthorized(service.get(INSTANCES + "/job-a", "Authorization", "Bearer nonsense"));
      assertUnauthorized(service.get(INSTANCES, "Authorization", "Basic dTpw"));
      assertUnauthorized(service.get("/api/job-start/a"));
      assertUnauthorized(service.get("/api/job-status/a"));

      assertThat(service.get("/api/job-start/a", TwoNamespaces.auth(reader)).status())
          .isEqualTo(403);
      assertThat(service.get("/api/job-start/a", TwoNamespaces.auth(starter)).status())
          .isEqualTo(202);
      assertThat(service.get("/api/job-status/a", TwoNamespaces.auth(starter)).status())
          .isEqualTo(403);
      assertThat(service.get("/api/job-status/a", TwoNamespaces.auth(reader)).status())
          .isEqualTo(200);
      assertThat(service.get(INSTANCES + "/job-a", TwoNamespaces.auth(reader)).status())
          .isIn(200, 202);
      assertThat(service.get(INSTANCES, TwoNamespaces.auth(reader)).json()).hasSize(1);

      for (var id : new String[] {"job-a", "unknown"}) {
        var instance = INSTANCES + "/" + id;
        assertForbidden(service.get(instance, TwoNamespaces.auth(stranger)));
        assertForbidden(service.get(instance, TwoNamespaces.auth(starter)));
        assertForbidden(service.delete(instance, TwoNamespaces.auth(reader)));
        assertForbidden(service.post(instance + "/terminate", "", TwoNamespaces.auth(reader)));
        assertForbidden(service.post(instance + "/restart", "", TwoNamespaces.auth(starter)));
      }
      assertForbidden(service.get(INSTANCES, TwoNamespaces.auth(stranger)));
      assertForbidden(
          service.delete(INSTANCES + "?createdTimeFrom=2000-01-01", TwoNamespaces.auth(reader)));

      var elsewhere = "?taskHub=" + there.name();
      assertThat(service.get(INSTANCES + elsewhere, TwoNamespaces.auth(stranger)).json()).isEmpty();
      assertForbidden(service.get(INSTANCES + elsewhere, TwoNamespaces.auth(all)));

      var start = BASE + "/orchestrators/AsyncJobOrchestrator/x";
      var wait = "?timeout=10&pollingInterval=0.1";
      assertForbidden(service.post(start + wait, INPUT, TwoNamespaces.auth(starter)));
      assertThat(service.post(start + wait, INPUT, TwoNamespaces.auth(all)).status())
          .isEqualTo(200);
      assertForbidden(service.post(start, INPUT, TwoNamespaces.auth(starter)));
      assertThat(service.post(start, INPUT, TwoNamespaces.auth(all)).status()).isEqualTo(202);
    }
  }

  @Test
  void aPermissionThatIsTakenAwayIsGoneWithinSeconds(Cluster cluster) {
    var here = cluster.newNamespace("here");
    var reader = TwoNamespaces.user(here, "reader", "get,list");
    try (var service =
        TwoNamespaces.service(
            cluster, Duration.ofSeconds(1), here, cluster.newNamespace("there"))) {
      assertThat(service.get(INSTANCES, TwoNamespaces.auth(reader)).status()).isEqualTo(200);
      here.kubectl().get("delete", "rolebinding", "reader");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> service.get(INSTANCES, TwoNamespaces.auth(reader)).status() == 403);
    }
  }

  private static void assertUnauthorized(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
  }

  private static void assertForbidden(Answer answer) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
  }
}
