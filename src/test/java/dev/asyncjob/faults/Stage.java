package dev.asyncjob.faults;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.EtcdClient;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.history.History;
import dev.asyncjob.history.Observer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that takes part: users and observer on one side, who reach the API server and etcd directly,
 * and the operators on the other, behind the line and the gateway.
 */
final class Stage implements AutoCloseable {
  /** The operators' default. */
  static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

  private final Path folder;
  private final Cluster cluster;
  private final KubernetesClient client;
  private final TestNamespace home;
  private final TestNamespace other;
  private final Observer observer;
  private final Gateway gateway;
  private final Line line;
  private final Access access;
  private final Operators operators;
  private final EtcdClient etcd;
  private final Jobs jobs;

  private Stage(Path folder, Optional<Path> libfaketime) {
    this.folder = folder;
    cluster = Cluster.start();
    var controlPlane = cluster.controlPlane();
    client = clientWithoutRetries(controlPlane.kubeconfig());
    home = cluster.newNamespace("faults");
    other = cluster.newNamespace("faults");
    etcd = controlPlane.newEtcdClient();
    observer = Observer.start(controlPlane, Clock.systemUTC());
    jobs = new Jobs(client, observer.history());
    var certificates = Certificates.in(folder);
    gateway = new Gateway(certificates, controlPlane.apiServer().port());
    line = Line.to(gateway.port());
    access = new Access(home, client, folder, line.port(), certificates.authority());
    operators = new Operators(home, client, folder, access.kubeconfig(), libfaketime);
    operators.all().forEach(replica -> replica.process().awaitReady());
  }

  /**
   * Starts everything and waits until the operators are ready.
   *
   * @param libfaketime empty when the operators' clocks are to be left alone
   */
  static Stage start(Optional<Path> libfaketime) {
    try {
      return new Stage(Files.createTempDirectory("asyncjob-faults-"), libfaketime);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fault must show at once, not be tried away. */
  private static KubernetesClient clientWithoutRetries(Path kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile()))
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout((int) REQUEST_LIMIT.toMillis())
                .build())
        .build();
  }

  Cluster cluster() {
    return cluster;
  }

  /** Of the administrator, past the line and the gateway. */
  KubernetesClient client() {
    return client;
  }

  /** Where the lease is and where the HTTP API creates jobs. */
  TestNamespace home() {
    return home;
  }

  List<String> namespaces() {
    return List.of(home.name(), other.name());
  }

  Observer observer() {
    return observer;
  }

  History history() {
    return observer.history();
  }

  /** What users do at the API server. */
  Jobs jobs() {
    return jobs;
  }

  Gateway gateway() {
    return gateway;
  }

  Line line() {
    return line;
  }

  Access access() {
    return access;
  }

  Operators operators() {
    return operators;
  }

  /** The etcd behind the API server. */
  EtcdClient etcd() {
    return etcd;
  }

  @Override
  public void close() {
    operators.close();
    line.close();
    gateway.close();
    observer.close();
    client.close();
    cluster.close();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
