package dev.asyncjob.faults;

import static dev.asyncjob.faults.Fault.Place.Network;

import dev.asyncjob.faults.Fault.Healing;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What happens to the connections between an operator and the API server. */
final class NetworkFaults {
  private static final Duration AWHILE = Duration.ofSeconds(5);
  private static final Duration LATENCY = Duration.ofMillis(300);
  private static final double LOSS = 0.2;

  /** Far less than any load balancer's, to make up for the short time of a run. */
  private static final Duration IDLE = Duration.ofMillis(300);

  private static final Duration NEVER = Duration.ofDays(1);

  private final Line line;

  private NetworkFaults(Stage stage) {
    line = stage.line();
  }

  static List<Fault> on(Stage stage) {
    var faults = new NetworkFaults(stage);
    return List.of(
        new Fault(Network, "latency", AWHILE, faults::latency),
        new Fault(Network, "loss", AWHILE, faults::loss),
        new Fault(Network, "connections reset again and again", AWHILE, faults::resets),
        new Fault(Network, "a proxy that closes idle connections", AWHILE, faults::idle),
        new Fault(
            Network,
            "TLS certificate rotated",
            Duration.ZERO,
            random -> {
              stage.gateway().rotateCertificate();
              stage.line().reset();
              return Healing.NONE;
            }),
        new Fault(
            Network,
            "token rotated",
            Duration.ZERO,
            random -> {
              stage.access().rotateToken();
              return Healing.NONE;
            }));
  }

  private Healing latency(Random random) {
    line.latency(LATENCY);
    return () -> line.latency(Duration.ZERO);
  }

  private Healing loss(Random random) {
    line.loss(LOSS);
    return () -> line.loss(0);
  }

  private Healing resets(Random random) {
    var thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  line.reset();
                  Thread.sleep(random.nextInt(500));
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "resets");
    thread.setDaemon(true);
    thread.start();
    return () -> {
      thread.interrupt();
      thread.join();
    };
  }

  private Healing idle(Random random) {
    line.idleLimit(IDLE);
    return () -> line.idleLimit(NEVER);
  }
}
