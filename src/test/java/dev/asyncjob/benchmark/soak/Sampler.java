package dev.asyncjob.benchmark.soak;

import dev.asyncjob.benchmark.ProcessUsage;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Takes samples of an operator and of the jobs of a namespace, without changing either. */
final class Sampler {
  /** To look into the heap stops the operator for a moment: of the others each has the last one. */
  private static final int SAMPLES_PER_HEAP = 8;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final OperatorProcess operator;
  private final ProcessUsage usage;
  private final TestNamespace namespace;
  private final Ledger ledger;
  private final Warnings warnings;
  private final HttpClient http = HttpClient.newHttpClient();
  private final long begin = System.nanoTime();
  private LiveObjects heap;
  private int samples;

  Sampler(OperatorProcess operator, TestNamespace namespace, Ledger ledger) {
    this.operator = operator;
    this.namespace = namespace;
    this.ledger = ledger;
    usage = new ProcessUsage(operator.pid());
    warnings = new Warnings(operator.logFile());
    heap = LiveObjects.of(operator.pid());
  }

  Sample take() throws IOException, InterruptedException {
    if (samples++ % SAMPLES_PER_HEAP == 0) {
      heap = LiveObjects.of(operator.pid());
    }
    return new Sample(
        Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
        usage.residentMebibytes(),
        heap.mebibytes(),
        usage.threads(),
        usage.openFiles(),
        heap.timers(),
        scrape().series(),
        jobs(),
        ledger.completed(),
        warnings.count());
  }

  /** What there still is of jobs, anywhere. */
  Remains remains() throws IOException, InterruptedException {
    return new Remains(jobs(), scrape().jobs(), LiveObjects.of(operator.pid()).timers());
  }

  private Scrape scrape() throws IOException, InterruptedException {
    var metrics = URI.create(operator.management() + "/metrics");
    var request = HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
    return new Scrape(http.send(request, BodyHandlers.ofString()).body());
  }

  private long jobs() {
    var page =
        namespace
            .client()
            .resources(AsyncJob.class)
            .list(new ListOptionsBuilder().withLimit(1L).build());
    return page.getItems().size()
        + Optional.ofNullable(page.getMetadata().getRemainingItemCount()).orElse(0L);
  }
}
