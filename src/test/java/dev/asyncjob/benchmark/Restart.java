package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.resource.CustomStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A start with many jobs there, a tenth of them overdue. */
final class Restart implements Scenario {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration FAR = Duration.ofDays(2);
  private static final int ONE_IN = 10;

  @Override
  public void run(Cluster cluster, Options options, Report report) throws InterruptedException {
    for (int jobs : options.waiting()) {
      var part = report.of("restart with %,d jobs, 10 %% overdue".formatted(jobs));
      var namespace = cluster.newNamespace("restart");
      var stored = StoredJobs.like(cluster, AcceptedJob.inProgress(cluster, namespace));
      var now = Instant.now();
      stored.put(jobs, i -> i % ONE_IN == 0 ? now.minusMillis(i) : now.plus(FAR));
      var list = new PagedList(cluster.client(), namespace.name());
      list.run();
      part.add("bare list, pages of 500", list.run().toMillis() / 1e3, "s");
      restart(cluster, options, part, namespace.name(), jobs / ONE_IN);
    }
  }

  private static void restart(
      Cluster cluster, Options options, Report.Part part, String namespace, int overdue)
      throws InterruptedException {
    var first = new CountDownLatch(1);
    var all = new CountDownLatch(overdue);
    var accepted = new CountDownLatch(1);
    try (var watch =
        JobWatch.start(
            cluster.client(),
            namespace,
            (job, arrival) -> {
              if (job.getStatus().customStatus() == CustomStatus.Completed) {
                first.countDown();
                all.countDown();
              } else if (job.getStatus().customStatus() == CustomStatus.Queued) {
                accepted.countDown();
              }
            })) {
      cluster
          .client()
          .inNamespace(namespace)
          .resource(NewJob.of("fresh", Duration.ofDays(1), Duration.ofDays(1)))
          .create();
      var begin = System.nanoTime();
      try (var operator = OperatorUnderTest.start(cluster, options)) {
        part.add("to the first transition", seconds(begin, first), "s");
        part.add("to the acceptance of a new job", seconds(begin, accepted), "s");
        part.add("JVM start to ready", operator.awaitReady().readyMillis() / 1e3, "s");
        part.add("to all caught up", seconds(begin, all), "s");
      }
    }
  }

  private static double seconds(long begin, CountDownLatch event) throws InterruptedException {
    if (!event.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(event.getCount() + " jobs are not Completed");
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
