package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.CustomStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A job that an operator has accepted, and that waits: what others are copied from. */
final class AcceptedJob {
  private static final Duration WAIT = Duration.ofDays(1);
  private static final int LIMIT_SECONDS = 60;

  private AcceptedJob() {}

  static AsyncJob queued(Cluster cluster, TestNamespace namespace) {
    return in(CustomStatus.Queued, WAIT, cluster, namespace);
  }

  static AsyncJob inProgress(Cluster cluster, TestNamespace namespace) {
    return in(CustomStatus.InProgress, Duration.ZERO, cluster, namespace);
  }

  private static AsyncJob in(
      CustomStatus state, Duration queued, Cluster cluster, TestNamespace namespace) {
    try (var operator = cluster.startOperator(Map.of())) {
      operator.awaitReady();
      var job = namespace.client().resource(NewJob.of("accepted", queued, WAIT));
      job.create();
      return job.waitUntilCondition(
          now -> now != null && now.getStatus() != null && now.getStatus().customStatus() == state,
          LIMIT_SECONDS,
          TimeUnit.SECONDS);
    }
  }
}
