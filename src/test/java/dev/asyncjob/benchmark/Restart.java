package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.resource.CustomStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A start with many jobs there, a tenth of them overdue. */
final class Restart implements ClusterScenario {
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
    var first = new CompletableFuture<Instant>();
    var last = new CompletableFuture<Instant>();
    var accepted = new CompletableFuture<Instant>();
    var left = new AtomicInteger(overdue);
    try (var watch =
        JobWatch.startFromNow(
            cluster.client(),
            namespace,
            (job, arrival) -> {
              if (job.getStatus().customStatus() == CustomStatus.Completed) {
                first.complete(arrival);
                if (left.decrementAndGet() == 0) {
                  last.complete(arrival);
                }
              } else if (job.getStatus().customStatus() == CustomStatus.Queued) {
                accepted.complete(arrival);
              }
            })) {
      var begin = Instant.now();
      try (var operator = OperatorUnderTest.start(cluster, options)) {
        part.add("JVM start to ready", operator.awaitReady().readyMillis() / 1e3, "s");
        var created = Instant.now();
        cluster
            .client()
            .inNamespace(namespace)
            .resource(NewJob.of("fresh", Duration.ofDays(1), Duration.ofDays(1)))
            .create();
        part.add("acceptance of a job created then", seconds(created, accepted), "s");
        part.add("to the first transition", seconds(begin, first), "s");
        part.add("to all caught up", seconds(begin, last), "s");
      }
    }
  }

  private static double seconds(Instant begin, CompletableFuture<Instant> end) {
    return Duration.between(begin, end.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
            .toMillis()
        / 1e3;
  }
}
