package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import java.time.Duration;
import java.util.Map;

/** The leader of two operators is killed under a steady load. */
final class Failover implements ClusterScenario {
  private static final Duration TIME = Duration.ofSeconds(40);
  private static final Duration UNTIL_KILL = Duration.ofSeconds(15);
  private static final double JOBS_PER_SECOND = 10;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Map<String, String> ELECTED =
      Map.of("ASYNCJOB_LEADER_ELECTION", "true", "ASYNCJOB_LEASE_NAMESPACE", "default");

  @Override
  public void run(Cluster cluster, Options options, Report report) throws InterruptedException {
    var part = report.of("failover, %.0f jobs/s".formatted(JOBS_PER_SECOND));
    try (var leader = OperatorUnderTest.start(cluster, options, ELECTED).awaitReady()) {
      leader.process().awaitLog("the leader is", LIMIT);
      try (var standby = OperatorUnderTest.start(cluster, options, ELECTED).awaitReady();
          var load =
              new SteadyLoad(
                  cluster.newNamespace("failover"), "failover-", JOBS_PER_SECOND, TIME)) {
        var created = load.start();
        Thread.sleep(UNTIL_KILL.toMillis());
        leader.process().kill();
        created.join();
        load.await();
        part.add("seen lateness around a kill of the leader", load.lateness.seen);
        part.add("acceptance around it", load.acceptance);
        part.add("resident, standby", standby.usage().residentMebibytes(), "MiB");
      }
    }
  }
}
