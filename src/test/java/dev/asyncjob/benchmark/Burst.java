package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.CustomStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many jobs due in the same second, and a few new ones meanwhile. */
final class Burst implements ClusterScenario {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final int FRESH_PER_SECOND = 5;
  private static final Duration FRESH_TIME = Duration.ofSeconds(10);

  private final List<AsyncJob> ends = new ArrayList<>();

  @Override
  public void run(Cluster cluster, Options options, Report report) throws InterruptedException {
    var part = report.of("burst of " + options.burst());
    var jobs = cluster.newNamespace("burst");
    var stored = StoredJobs.like(cluster, AcceptedJob.inProgress(cluster, jobs));
    var perSecond = drain(cluster, options, part, jobs.name(), stored);
    var limit = replay(cluster, options, report.of("the same writes by a bare client"));
    part.add("share of the write limit", 100 * perSecond / limit, "%");
  }

  private double replay(Cluster cluster, Options options, Report.Part part)
      throws InterruptedException {
    var namespace = cluster.newNamespace("replay");
    var far = Instant.now().plus(Duration.ofDays(1));
    StoredJobs.like(cluster, AcceptedJob.inProgress(cluster, namespace))
        .put(options.burst(), i -> far);
    var written =
        ends.stream()
            .collect(Collectors.toMap(job -> job.getMetadata().getName(), AsyncJob::getStatus));
    var cpu = new CpuUse(cluster);
    var perSecond = Replay.perSecond(namespace, written);
    part.add("writes", perSecond, "writes/s");
    cpu.report(part, written.size(), "writes");
    return perSecond;
  }

  /** Returns the writes a second. */
  private double drain(
      Cluster cluster, Options options, Report.Part part, String namespace, StoredJobs stored)
      throws InterruptedException {
    var unfinished = new CountDownLatch(options.burst());
    var lateness = new Lateness();
    var due = Instant.now().plus(options.lead());
    var perMilli = Math.max(1, options.burst() / 1000);
    stored.put(options.burst(), i -> due.plusMillis(i / perMilli));
    try (var operator = OperatorUnderTest.start(cluster, options).awaitReady();
        var watch =
            JobWatch.startFromNow(
                cluster.client(),
                namespace,
                (job, arrival) -> {
                  if (job.getStatus().customStatus() == CustomStatus.Completed) {
                    ends.add(job);
                    lateness.record(job, arrival);
                    unfinished.countDown();
                  }
                });
        var fresh =
            new SteadyLoad(cluster.newNamespace("fresh"), "fresh-", FRESH_PER_SECOND, FRESH_TIME)) {
      if (Instant.now().isAfter(due)) {
        throw new IllegalStateException("the jobs were due before the operator was ready");
      }
      Thread.sleep(Duration.between(Instant.now(), due.plusSeconds(1)).toMillis());
      var cpu = new CpuUse(cluster, operator);
      var created = fresh.start();
      if (!unfinished.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(unfinished.getCount() + " jobs are not Completed");
      }
      var end = Instant.now();
      var freshWrites =
          2 * fresh.acceptance.getTotalCount() + fresh.lateness.recorded.getTotalCount();
      created.join();
      fresh.await();
      var seconds = Duration.between(due, end).toMillis() / 1e3;
      var perSecond = (options.burst() + freshWrites) / seconds;
      part.add("completions", options.burst() / seconds, "jobs/s");
      part.add("writes, with fresh jobs and their creation", perSecond, "writes/s");
      part.add("lateness", lateness.recorded);
      part.add("fresh jobs meanwhile: acceptance, until seen", fresh.acceptance);
      part.add("fresh jobs meanwhile: recorded lateness", fresh.lateness.recorded);
      part.add("out of order, p50 / p90 / p99", displacements(), "places");
      cpu.report(part, perSecond * seconds, "writes");
      return perSecond;
    }
  }

  /**
   * How far from their places in the order of due times jobs were written: those that overtake are
   * the ones that every second turn is for, since they became due within the last second.
   */
  private List<Double> displacements() {
    ends.sort(
        Comparator.comparingLong(job -> Long.parseLong(job.getMetadata().getResourceVersion())));
    var dueTimes = ends.stream().map(job -> Lateness.due(job.getStatus()).orElseThrow()).toList();
    var inOrder = dueTimes.stream().sorted().toList();
    var displacements =
        IntStream.range(0, dueTimes.size())
            .map(i -> distance(i, inOrder, dueTimes.get(i)))
            .sorted()
            .toArray();
    return Stream.of(50, 90, 99)
        .map(percent -> (double) displacements[displacements.length * percent / 100])
        .toList();
  }

  /** To the nearest place that a due time could have, for several jobs are due at a time. */
  private static int distance(int place, List<Instant> inOrder, Instant due) {
    var first = inOrder.indexOf(due);
    var last = inOrder.lastIndexOf(due);
    return Math.max(0, Math.max(first - place, place - last));
  }
}
