package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import java.util.List;
import java.util.stream.Collectors;

/** What the API server can do on this machine, whoever asks it. */
final class Limits implements ClusterScenario {
  private static final List<Integer> IN_FLIGHT = List.of(1, 4, 16, 32, 64, 128, 256);

  @Override
  public void run(Cluster cluster, Options options, Report report) throws InterruptedException {
    var part = report.of("limit");
    var limit = WriteLimit.on(cluster);
    limit.measure(StatusWrites.Method.PUT, 32, options.writes()); // Both warm up.
    for (var method : StatusWrites.Method.values()) {
      part.add(
          method + ", " + slashed(IN_FLIGHT) + " in flight",
          IN_FLIGHT.stream()
              .map(inFlight -> limit.measure(method, inFlight, options.writes()))
              .toList(),
          "writes/s");
    }
  }

  private static String slashed(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" / "));
  }
}
