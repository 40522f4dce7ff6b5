package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import java.util.List;

/** What the API server can do on this machine, whoever asks it. */
final class Limits implements Scenario {
  private static final List<Integer> IN_FLIGHT = List.of(1, 4, 16, 32, 64, 128, 256);

  @Override
  public void run(Cluster cluster, Options options, Report report) throws InterruptedException {
    var part = report.of("limit");
    var limit = WriteLimit.on(cluster);
    limit.measure(StatusWrites.Method.PUT, 32, options.writes()); // Both warm up.
    for (var method : StatusWrites.Method.values()) {
      for (var inFlight : IN_FLIGHT) {
        part.add(
            method + ", " + inFlight + " in flight",
            limit.measure(method, inFlight, options.writes()),
            "writes/s");
      }
    }
  }
}
