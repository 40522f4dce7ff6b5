package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** How many status writes a second the API server takes from a bare client. */
final class WriteLimit {
  private static final int JOBS = 512;

  private final TestNamespace namespace;
  private final Queue<StatusWrites> idle = new ConcurrentLinkedQueue<>();

  private WriteLimit(Cluster cluster, TestNamespace namespace) {
    this.namespace = namespace;
    namespace.client().resources(AsyncJob.class).list().getItems().stream()
        .map(job -> new StatusWrites(cluster.client(), job))
        .forEach(idle::add);
  }

  /** On jobs of its own, that wait for longer than anyone measures. */
  static WriteLimit on(Cluster cluster) throws InterruptedException {
    var namespace = cluster.newNamespace("limit");
    StoredJobs.like(cluster, AcceptedJob.queued(cluster, namespace))
        .put(JOBS, i -> Instant.now().plus(Duration.ofDays(1)));
    return new WriteLimit(cluster, namespace);
  }

  /** The writes a second with so many in flight. */
  double measure(StatusWrites.Method method, int inFlight, Duration time) {
    try (var watches = new Watches(namespace)) {
      return writesPerSecond(method, inFlight, time);
    }
  }

  private double writesPerSecond(StatusWrites.Method method, int inFlight, Duration time) {
    var begin = System.nanoTime();
    var end = begin + time.toNanos();
    var writes = new AtomicInteger();
    CompletableFuture.allOf(
            IntStream.range(0, inFlight)
                .mapToObj(i -> writeUntil(end, method, writes))
                .toArray(CompletableFuture[]::new))
        .join();
    return writes.get() * 1e9 / (System.nanoTime() - begin);
  }

  private CompletableFuture<Void> writeUntil(
      long end, StatusWrites.Method method, AtomicInteger writes) {
    if (System.nanoTime() >= end) {
      return CompletableFuture.completedFuture(null);
    }
    var job = idle.remove();
    return job.send(method)
        .thenCompose(
            answered -> {
              idle.add(job);
              writes.incrementAndGet();
              return writeUntil(end, method, writes);
            });
  }
}
