package dev.asyncjob.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many jobs, created as fast as the API server takes them, that wait for an hour. */
final class BulkLoad {
  private static final int CREATORS = 16;

  private final KubernetesClient client;
  private final int jobs;

  BulkLoad(KubernetesClient client, int jobs) {
    this.client = client;
    this.jobs = jobs;
  }

  void create() throws InterruptedException {
    var creators = Executors.newFixedThreadPool(CREATORS);
    try {
      var created =
          IntStream.range(0, jobs)
              .<Future<?>>mapToObj(
                  i ->
                      creators.submit(
                          () ->
                              client
                                  .resource(
                                      NewJob.of(
                                          "job-" + i, Duration.ofHours(1), Duration.ofHours(1)))
                                  .create()))
              .toList();
      for (var each : created) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a job could not be created", e);
    } finally {
      creators.shutdownNow();
    }
  }
}
