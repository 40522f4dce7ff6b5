package dev.asyncjob.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The control plane that all tests of a run share, with the project's CustomResourceDefinition
 * installed.
 */
public final class Cluster implements AutoCloseable {

  private static final String CRD = "crds/asyncjobs.asyncjob.dev-v1.yml";

  /** A folder for each JVM that Maven runs tests in at the same time. */
  private static final Path LOGS =
      Project.path(System.getProperty("operator.logs", "target/operators"));

  /** Of all clusters: each operator has a log of its own. */
  private static final AtomicInteger OPERATORS = new AtomicInteger();

  private final ControlPlane controlPlane;
  private final NamespacedKubernetesClient client;
  private final AtomicInteger namespaces = new AtomicInteger();

  private Cluster(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(controlPlane.kubeconfig().toFile()))
            .build()
            .adapt(NamespacedKubernetesClient.class);
  }

  /** Starts a control plane with the project's definition in it. */
  public static Cluster start() {
    var controlPlane = ControlPlane.start();
    try {
      controlPlane.installCrd(Project.path(CRD));
      return new Cluster(controlPlane);
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  public ControlPlane controlPlane() {
    return controlPlane;
  }

  /** Of the administrator; closed with the cluster. */
  public NamespacedKubernetesClient client() {
    return client;
  }

  public Kubectl kubectl() {
    return controlPlane.kubectl();
  }

  /**
   * A namespace of its own for whoever asks; it is never deleted, because no controller would empty
   * it.
   */
  public TestNamespace newNamespace(String hint) {
    var name =
        hint.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "")
            + "-"
            + namespaces.incrementAndGet();
    kubectl().get("create", "namespace", name);
    return new TestNamespace(this, name);
  }

  /** Starts an operator for all namespaces; {@code settings} are environment variables. */
  public OperatorProcess startOperator(Map<String, String> settings, String... options) {
    var log = LOGS.resolve("operator-" + OPERATORS.incrementAndGet() + ".log");
    return OperatorProcess.start(
        controlPlane.kubeconfig(), log, Ports.free(), Ports.free(), settings, options);
  }

  @Override
  public void close() {
    client.close();
    controlPlane.close();
  }
}
