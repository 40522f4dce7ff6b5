package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import java.time.Duration;
import java.util.List;

/** A load that the API server bears: how late transitions are, and what a job costs. */
final class Steady implements ClusterScenario {
  private static final List<Integer> PERCENT = List.of(5, 25, 50);
  private static final int WRITES_PER_JOB = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  @Override
  public void run(Cluster cluster, Options options, Report report) throws InterruptedException {
    var probed = AcceptedJob.queued(cluster, cluster.newNamespace("probe"));
    var writes = WriteLimit.on(cluster);
    writes.measure(StatusWrites.Method.PUT, 32, options.writes());
    var limit = writes.measure(StatusWrites.Method.PUT, 32, options.writes());
    report.of("steady").add("write limit: PUT, 32 in flight", limit, "writes/s");
    try (var operator = OperatorUnderTest.start(cluster, options).awaitReady()) {
      var perSecond = limit / WRITES_PER_JOB / 100;
      load(cluster, "warm", 25 * perSecond, WARM_UP).close();
      for (var percent : PERCENT) {
        var part = report.of("steady, " + percent + " % of the write limit");
        part.add("jobs", percent * perSecond, "jobs/s");
        var target = cluster.client().resource(probed).get();
        var cpu = new CpuUse(cluster, operator);
        var requests = ApiRequests.of(cluster.client());
        try (var probe = new BareWrites(cluster, target);
            var load = load(cluster, "p" + percent, percent * perSecond, options.steady())) {
          part.add("recorded lateness", load.lateness.recorded);
          part.add("seen lateness", load.lateness.seen);
          part.add("a bare write under the same load, until seen", probe.seen);
          part.add("acceptance, until seen", load.acceptance);
          cpu.report(part, load.jobs(), "jobs");
          ApiRequests.of(cluster.client())
              .since(requests)
              .forEach(
                  (request, count) ->
                      part.add(
                          request + " a job",
                          (count - probe.requests(request)) / load.jobs(),
                          "requests"));
        }
      }
      report.of("steady").add("resident", operator.usage().residentMebibytes(), "MiB");
    }
  }

  private static SteadyLoad load(Cluster cluster, String name, double perSecond, Duration time)
      throws InterruptedException {
    var load = new SteadyLoad(cluster.newNamespace(name), name + "-", perSecond, time);
    load.start().join();
    load.await();
    return load;
  }
}
