package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobStatus;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * What an operator has written, written once more by a bare client, to jobs as they were before.
 */
final class Replay {
  private static final int IN_FLIGHT = 32;

  private final Queue<StatusWrites> due = new ConcurrentLinkedQueue<>();

  private Replay(TestNamespace namespace, Map<String, AsyncJobStatus> written) {
    for (var job : namespace.client().resources(AsyncJob.class).list().getItems()) {
      var status = written.get(job.getMetadata().getName());
      if (status != null) {
        job.setStatus(status);
        due.add(new StatusWrites(namespace.client(), job));
      }
    }
  }

  /** The writes a second. */
  static double perSecond(TestNamespace namespace, Map<String, AsyncJobStatus> written) {
    var replay = new Replay(namespace, written);
    var writes = replay.due.size();
    try (var watches = new Watches(namespace)) {
      var begin = System.nanoTime();
      CompletableFuture.allOf(
              IntStream.range(0, IN_FLIGHT)
                  .mapToObj(i -> replay.writeAll())
                  .toArray(CompletableFuture[]::new))
          .join();
      return writes * 1e9 / (System.nanoTime() - begin);
    }
  }

  private CompletableFuture<Void> writeAll() {
    var next = due.poll();
    return next == null
        ? CompletableFuture.completedFuture(null)
        : next.send(StatusWrites.Method.PUT).thenCompose(answered -> writeAll());
  }
}
