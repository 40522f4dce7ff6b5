package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.http.Service.Answer;
import java.time.Duration;
import java.util.Set;
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
    var all = user(here, "all", "*");
    var reader = user(here, "reader", "get,list");
    var starter = user(here, "starter", "create");
    var stranger = user(there, "stranger", "*");
    try (var service = service(cluster, here, there)) {
      assertUnauthorized(service.get(INSTANCES + "/job-a"));
      assertUnauthorized(service.get(INSTANCES + "/job-a", "Authorization", "Bearer nonsense"));
      assertUnauthorized(service.get(INSTANCES, "Authorization", "Basic dTpw"));
      assertUnauthorized(service.get("/api/job-start/a"));
      assertUnauthorized(service.get("/api/job-status/a"));

      assertThat(service.get("/api/job-start/a", auth(reader)).status()).isEqualTo(403);
      assertThat(service.get("/api/job-start/a", auth(starter)).status()).isEqualTo(202);
      assertThat(service.get("/api/job-status/a", auth(starter)).status()).isEqualTo(403);
      assertThat(service.get("/api/job-status/a", auth(reader)).status()).isEqualTo(200);
      assertThat(service.get(INSTANCES + "/job-a", auth(reader)).status()).isIn(200, 202);
      assertThat(service.get(INSTANCES, auth(reader)).json()).hasSize(1);

      for (var id : new String[] {"job-a", "unknown"}) {
        var instance = INSTANCES + "/" + id;
        assertForbidden(service.get(instance, auth(stranger)));
        assertForbidden(service.get(instance, auth(starter)));
        assertForbidden(service.delete(instance, auth(reader)));
        assertForbidden(service.post(instance + "/terminate", "", auth(reader)));
        assertForbidden(service.post(instance + "/restart", "", auth(starter)));
      }
      assertForbidden(service.get(INSTANCES, auth(stranger)));
      assertForbidden(service.delete(INSTANCES + "?createdTimeFrom=2000-01-01", auth(reader)));

      var elsewhere = "?taskHub=" + there.name();
      assertThat(service.get(INSTANCES + elsewhere, auth(stranger)).json()).isEmpty();
      assertForbidden(service.get(INSTANCES + elsewhere, auth(all)));

      var start = BASE + "/orchestrators/AsyncJobOrchestrator/x";
      var wait = "?timeout=10&pollingInterval=0.1";
      assertForbidden(service.post(start + wait, INPUT, auth(starter)));
      assertThat(service.post(start + wait, INPUT, auth(all)).status()).isEqualTo(200);
      assertForbidden(service.post(start, INPUT, auth(starter)));
      assertThat(service.post(start, INPUT, auth(all)).status()).isEqualTo(202);
    }
  }

  @Test
  void aPermissionThatIsTakenAwayIsGoneWithinSeconds(Cluster cluster) {
    var here = cluster.newNamespace("here");
    var reader = user(here, "reader", "get,list");
    try (var service = service(cluster, here, cluster.newNamespace("there"))) {
      assertThat(service.get(INSTANCES, auth(reader)).status()).isEqualTo(200);
      here.kubectl().get("delete", "rolebinding", "reader");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> service.get(INSTANCES, auth(reader)).status() == 403);
    }
  }

  private static Service service(Cluster cluster, TestNamespace here, TestNamespace there) {
    return Service.start(
        cluster,
        here.name(),
        Duration.ofSeconds(1),
        settings ->
            new HttpSettings(
                settings.address(),
                new HttpAuth.Kubernetes(),
                settings.namespace(),
                Set.of(here.name(), there.name()),
                settings.externalUrl(),
                settings.trustForwarded(),
                settings.durations()));
  }

  /** A service account that may do these things to the jobs of its namespace; its token. */
  private static String user(TestNamespace namespace, String name, String verbs) {
    var kubectl = namespace.kubectl();
    kubectl.get("create", "serviceaccount", name);
    kubectl.get("create", "role", name, "--verb=" + verbs, "--resource=asyncjobs.asyncjob.dev");
    kubectl.get(
        "create",
        "rolebinding",
        name,
        "--role=" + name,
        "--serviceaccount=" + namespace.name() + ":" + name);
    return kubectl.get("create", "token", name).strip();
  }

  private static String[] auth(String token) {
    return new String[] {"Authorization", "Bearer " + token};
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
