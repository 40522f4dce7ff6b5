package dev.asyncjob.http;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.TestNamespace;
import java.time.Duration;
import java.util.Set;

/** Two namespaces behind one service that asks Kubernetes who may do what, and people in them. */
final class TwoNamespaces {
  private TwoNamespaces() {}

  /** With both phases of this length unless a job says otherwise. */
  static Service service(Cluster cluster, Duration phase, TestNamespace here, TestNamespace there) {
    return Service.start(
        cluster,
        here.name(),
        phase,
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
  static String user(TestNamespace namespace, String name, String verbs) {
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

  static String[] auth(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }
}
