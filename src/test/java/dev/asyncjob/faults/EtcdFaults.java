package dev.asyncjob.faults;

import static dev.asyncjob.faults.Fault.Place.Etcd;

import dev.asyncjob.cluster.ControlPlane;
import dev.asyncjob.cluster.EtcdClient;
import dev.asyncjob.faults.Fault.Healing;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What happens to the store behind the API server. */
final class EtcdFaults {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration AWHILE = Duration.ofSeconds(5);
  private static final Duration LONGER_THAN_THE_LEASE = Duration.ofSeconds(8);

  private final ControlPlane controlPlane;
  private final EtcdClient etcd;

  private EtcdFaults(Stage stage) {
    controlPlane = stage.cluster().controlPlane();
    etcd = stage.etcd();
  }

  static List<Fault> on(Stage stage) {
    var faults = new EtcdFaults(stage);
    return List.of(
        new Fault(Etcd, "kill -9", SHORT, faults::kill),
        new Fault(Etcd, "SIGSTOP", LONGER_THAN_THE_LEASE, faults::pause),
        new Fault(Etcd, "full (NOSPACE)", AWHILE, faults::fill),
        new Fault(Etcd, "compaction", Duration.ZERO, faults::compact));
  }

  private Healing kill(Random random) {
    controlPlane.etcd().kill();
    return () -> {
      controlPlane.etcd().start();
      controlPlane.awaitReady();
    };
  }

  private Healing pause(Random random) {
    controlPlane.etcd().pause();
    return controlPlane.etcd()::resume;
  }

  private Healing fill(Random random) throws Exception {
    etcd.beFull();
    return etcd::defragmentAndDisarm;
  }

  private Healing compact(Random random) throws Exception {
    etcd.compact();
    return Healing.NONE;
  }
}
