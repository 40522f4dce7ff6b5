package dev.asyncjob.benchmark.soak;

import dev.asyncjob.benchmark.OperatorUnderTest;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Looks at an operator and at the jobs of a namespace. */
final class Sampler {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final OperatorUnderTest operator;
  private final TestNamespace namespace;
  private final Ledger ledger;
  private final Warnings warnings;
  private final HttpClient http = HttpClient.newHttpClient();

  Sampler(OperatorUnderTest operator, TestNamespace namespace, Ledger ledger) {
    this.operator = operator;
    this.namespace = namespace;
    this.ledger = ledger;
    warnings = new Warnings(operator.process().logFile());
  }

  /** What can be seen without changing it. */
  Map<Figure, Double> fromOutside() throws IOException, InterruptedException {
    var values = new EnumMap<Figure, Double>(Figure.class);
    values.put(Figure.RESIDENT, operator.usage().residentMebibytes());
    values.put(Figure.THREADS, (double) operator.usage().threads());
    values.put(Figure.FILES, (double) operator.usage().openFiles());
    values.put(Figure.SERIES, (double) scrape().series());
    values.put(Figure.JOBS, (double) jobs());
    values.put(Figure.COMPLETED, (double) ledger.completed());
    values.put(Figure.WARNINGS, (double) warnings());
    return values;
  }

  /** What is in the heap, from which all garbage is collected: see {@link HeapSchedule}. */
  Map<Figure, Double> heap() {
    var heap = LiveObjects.of(operator.process().pid());
    return Map.of(Figure.HEAP, heap.mebibytes(), Figure.TIMERS, (double) heap.timers());
  }

  /** What there still is of jobs, anywhere. */
  Remains remains() throws IOException, InterruptedException {
    return new Remains(jobs(), scrape().jobs(), LiveObjects.of(operator.process().pid()).timers());
  }

  /** In the log so far. */
  long warnings() {
    return warnings.count();
  }

  private Scrape scrape() throws IOException, InterruptedException {
    var metrics = URI.create(operator.process().management() + "/metrics");
    var request = HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException(metrics + " answered " + answer.statusCode());
    }
    return new Scrape(answer.body());
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
