package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What {@code mvn -Pbenchmark -Dbenchmark=HttpBenchmark} runs: prints a table of what the HTTP API
 * does under many pollers, and what that costs the API server. All of it shares the cores.
 */
public final class HttpBenchmark {
  private static final int POLLERS = 500;
  private static final int STARTS_PER_SECOND = 20;
  private static final int SECONDS = 60;
  private static final String PHASE_SECONDS = "5";

  private HttpBenchmark() {}

  /** Ends the JVM itself, with exit code 1 after an error of any request. */
  public static void main(String[] arguments) throws InterruptedException {
    var load = run();
    System.exit(load.errors().isEmpty() ? 0 : 1);
  }

  private static HttpLoad run() throws InterruptedException {
    var settings =
        Map.of(
            "JAVA_TOOL_OPTIONS", "-Xmx256m",
            "ASYNC_JOB_QUEUED_DURATION_SEC", PHASE_SECONDS,
            "ASYNC_JOB_INPROGRESS_DURATION_SEC", PHASE_SECONDS);
    try (var cluster = Cluster.start();
        var operator = cluster.newNamespace("load").startOperator(settings)) {
      operator.awaitReady();
      var warmUp = new HttpLoad(operator.http(), POLLERS / 10, 1, 10);
      warmUp.run();
      var before = ApiRequests.of(cluster.client());
      var load = new HttpLoad(operator.http(), POLLERS, STARTS_PER_SECOND, SECONDS);
      load.run();
      var requests = ApiRequests.of(cluster.client()).since(before);

      row("figure", "value");
      row("---", "---");
      row(
          "load",
          "%d pollers, one request a second each; %d starts a second; %d s"
              .formatted(POLLERS, STARTS_PER_SECOND, SECONDS));
      var total = load.polls().getTotalCount() + load.starts().getTotalCount();
      row("requests a second", "%.1f".formatted((double) total / SECONDS));
      row("errors", load.errors().isEmpty() ? "none" : load.errors().toString());
      row("polls", latency(load.polls()));
      row("starts", latency(load.starts()));
      row("polls that saw the end of a job", Integer.toString(load.finished()));
      requests.forEach((request, count) -> row(request, "%.0f".formatted(count)));
      return load;
    }
  }

  private static String latency(Histogram micros) {
    return "%d: p50 %.1f ms, p99 %.1f ms, max %.1f ms"
        .formatted(
            micros.getTotalCount(),
            micros.getValueAtPercentile(50) / 1000.0,
            micros.getValueAtPercentile(99) / 1000.0,
            micros.getMaxValue() / 1000.0);
  }

  private static void row(String figure, String value) {
    System.out.println("| " + figure + " | " + value + " |");
  }
}
