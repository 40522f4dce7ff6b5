package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.TestNamespace;
import java.time.Duration;
import java.time.Instant;

/** Many jobs that wait for long: what they hold of memory, and what they cost while they do. */
final class Waiting implements ClusterScenario {
  private static final Duration FAR = Duration.ofDays(2);

  @Override
  public void run(Cluster cluster, Options options, Report report) throws InterruptedException {
    var namespace = cluster.newNamespace("waiting");
    var stored = StoredJobs.like(cluster, AcceptedJob.queued(cluster, namespace));
    var none = measure(cluster, options, report.of("no jobs"));
    for (int jobs : options.waiting()) {
      stored.put(jobs, i -> Instant.now().plus(FAR).plusMillis(i));
      var part = report.of("%,d waiting jobs".formatted(jobs));
      part.add("size of a job in etcd", stored.size(), "bytes");
      list(cluster, namespace, part);
      var resident = measure(cluster, options, part);
      part.add("resident, a job", (resident - none) * (1 << 20) / jobs, "bytes");
    }
  }

  private static void list(Cluster cluster, TestNamespace namespace, Report.Part part) {
    var list = new PagedList(cluster.client(), namespace.name());
    list.run();
    part.add("bare list, pages of 500", list.run().toMillis() / 1e3, "s");
  }

  /** Returns the resident memory in MiB. */
  private static double measure(Cluster cluster, Options options, Report.Part part)
      throws InterruptedException {
    try (var operator = OperatorUnderTest.start(cluster, options).awaitReady()) {
      part.add("start to ready", operator.readyMillis() / 1e3, "s");
      Thread.sleep(options.idle().toMillis()); // It begins with what the start left to do.
      var cpu = operator.usage().cpuSeconds();
      Thread.sleep(options.idle().toMillis());
      part.add(
          "CPU while idle, of one core",
          (operator.usage().cpuSeconds() - cpu) * 100 / options.idle().toSeconds(),
          "%");
      var resident = operator.usage().residentMebibytes();
      part.add("resident", resident, "MiB");
      return resident;
    }
  }
}
