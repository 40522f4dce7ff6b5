package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.resource.AsyncJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * What {@code mvn -Pbenchmark} runs: prints a table of lateness, requests, memory and start time.
 * The API server and etcd run beside the operator, on the same cores.
 */
public final class Benchmark {
  private static final int JOBS_PER_SECOND = 20;
  private static final int SECONDS = 60;
  private static final int WAITING_JOBS = 10_000;
  private static final String HEAP = "256m";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Cluster cluster;
  private final OperatorProcess operator;

  private Benchmark(Cluster cluster, OperatorProcess operator) {
    this.cluster = cluster;
    this.operator = operator;
  }

  /** Ends the JVM itself: Maven's, in which it runs, would otherwise wait for every thread. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    try (var cluster = Cluster.start();
        var operator = cluster.startOperator(Map.of("JAVA_TOOL_OPTIONS", "-Xmx" + HEAP))) {
      operator.awaitLog("ready after", LIMIT);
      new Benchmark(cluster, operator).run();
    }
    System.exit(0);
  }

  private void run() throws InterruptedException, IOException {
    row("figure", "value");
    row("---", "---");
    row(
        "machine",
        Runtime.getRuntime().availableProcessors()
            + " cores, shared with etcd, kube-apiserver and the load; Java "
            + Runtime.version().feature()
            + ", -Xmx"
            + HEAP);
    row("JVM start to ready", logged("ready after (\\d+) ms") + " ms");
    row("resident, no jobs", residentMebibytes());
    steady();
    waiting();
  }

  private void steady() throws InterruptedException {
    var before = ApiRequests.of(cluster.client());
    var load = new SteadyLoad(cluster.newNamespace("steady").client(), JOBS_PER_SECOND, SECONDS);
    var lateness = load.run();
    var jobs = load.jobs();
    row("load", "%d jobs, %d a second".formatted(jobs, JOBS_PER_SECOND));
    ApiRequests.of(cluster.client())
        .since(before)
        .forEach((request, count) -> row(request + ", a job", "%.3f".formatted(count / jobs)));
    row(
        "lateness, %d transitions".formatted(lateness.getTotalCount()),
        "p50 %d ms, p99 %d ms, max %d ms"
            .formatted(
                lateness.getValueAtPercentile(50),
                lateness.getValueAtPercentile(99),
                lateness.getMaxValue()));
  }

  private void waiting() throws InterruptedException, IOException {
    var client = cluster.newNamespace("waiting").client();
    new BulkLoad(client, WAITING_JOBS).create();
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () ->
                client
                    .resources(AsyncJob.class)
                    .withField("status.customStatus", "Queued")
                    .list()
                    .getItems()
                    .size(),
            count -> count == WAITING_JOBS);
    row("resident, %d waiting jobs".formatted(WAITING_JOBS), residentMebibytes());
  }

  private String logged(String pattern) {
    var matcher = Pattern.compile(pattern).matcher(operator.log());
    if (!matcher.find()) {
      throw new IllegalStateException("the operator's log does not hold " + pattern);
    }
    return matcher.group(1);
  }

  private String residentMebibytes() throws IOException {
    var status = Files.readString(Path.of("/proc/" + operator.pid() + "/status"));
    var matcher = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
    if (!matcher.find()) {
      throw new IllegalStateException("no VmRSS in " + status);
    }
    return Long.parseLong(matcher.group(1)) / 1024 + " MiB";
  }

  private static void row(String figure, String value) {
    System.out.println("| " + figure + " | " + value + " |");
  }
}
