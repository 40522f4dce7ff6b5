package dev.asyncjob.faults;

import dev.asyncjob.cluster.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A leader and a standby behind the {@link Line}, as the chart runs them. */
final class Operators implements AutoCloseable {
  static final String LEASE = "asyncjob-operator";

  /** Small, so that a few huge jobs exhaust it. */
  private static final String HEAP = "-Xmx96m";

  private final TestNamespace home;
  private final KubernetesClient client;
  private final Map<String, String> settings;
  private final List<Replica> replicas;

  /**
   * Starts both.
   *
   * @param home where the lease is and where the HTTP API creates jobs
   * @param client one that does not take the way through the line
   * @param clocks empty without libfaketime
   */
  Operators(
      TestNamespace home,
      KubernetesClient client,
      Path folder,
      Path kubeconfig,
      Optional<Path> clocks) {
    this.home = home;
    this.client = client;
    settings =
        Map.of(
            "KUBECONFIG",
            kubeconfig.toString(),
            "JDK_JAVA_OPTIONS",
            HEAP,
            "ASYNCJOB_HTTP_NAMESPACE",
            home.name(),
            "ASYNCJOB_TTL_SECONDS_AFTER_FINISHED",
            String.valueOf(Stage.TIME_TO_LIVE.toSeconds()));
    replicas =
        List.of(
            replica("operator-a", folder.resolve("clock-a"), clocks),
            replica("operator-b", folder.resolve("clock-b"), clocks));
  }

  private Replica replica(String name, Path clock, Optional<Path> library) {
    var own = new HashMap<>(settings);
    own.put("HOSTNAME", name); // The lease tells by it which one leads.
    own.put("ASYNCJOB_LEADER_ELECTION", "true");
    own.put("ASYNCJOB_LEASE_NAMESPACE", home.name());
    library.ifPresent(
        path -> {
          own.put("LD_PRELOAD", path.toString());
          own.put("FAKETIME_TIMESTAMP_FILE", clock.toString());
          own.put("FAKETIME_CACHE_DURATION", "1");
          // The JVM waits by the monotonic clock, which no clock that is set can move.
          own.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
          own.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        });
    return new Replica(name, clock, () -> home.cluster().startOperator(own));
  }

  List<Replica> all() {
    return replicas;
  }

  Replica any(Random random) {
    return replicas.get(random.nextInt(replicas.size()));
  }

  /** Who holds the lease; any while nobody does, or nobody can tell. */
  Replica leader(Random random) {
    try {
      var lease = client.leases().inNamespace(home.name()).withName(LEASE).get();
      var holder = lease == null ? null : lease.getSpec().getHolderIdentity();
      return replicas.stream()
          .filter(replica -> holder != null && holder.startsWith(replica.name() + "_"))
          .findFirst()
          .orElseGet(() -> any(random));
    } catch (KubernetesClientException e) {
      return any(random);
    }
  }

  /** One more, which writes whoever holds the lease. */
  AutoCloseable startUnelected() {
    return home.cluster().startOperator(settings);
  }

  /** How often one of them has ended. */
  int ends() {
    return replicas.stream().mapToInt(Replica::ends).sum();
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
  }
}
