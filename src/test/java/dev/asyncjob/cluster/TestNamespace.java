package dev.asyncjob.cluster;

import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import java.util.HashMap;
import java.util.Map;

/** A namespace that belongs to one test. */
public record TestNamespace(Cluster cluster, String name) {

  /** Of the administrator, with this namespace as its default. */
  public NamespacedKubernetesClient client() {
    return cluster.client().inNamespace(name);
  }

  /** Of the administrator, with this namespace as its default. */
  public Kubectl kubectl() {
    return cluster.kubectl().inNamespace(name);
  }

  /** Starts an operator for this namespace only; {@code settings} are environment variables. */
  public OperatorProcess startOperator(Map<String, String> settings, String... options) {
    var all = new HashMap<String, String>();
    all.put("ASYNCJOB_NAMESPACES", name);
    all.put("ASYNCJOB_HTTP_NAMESPACE", name);
    all.putAll(settings);
    return cluster.startOperator(all, options);
  }
}
