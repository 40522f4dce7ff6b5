package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.ChildProcess;
import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.OperatorProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The same steady load, watched by nobody, by kubectl, and by clients that poll over HTTP. */
final class Watchers implements ClusterScenario {
  private static final double JOBS_PER_SECOND = 10;
  private static final int WATCHES = 5;
  private static final int POLLERS = 100;

  @Override
  public void run(Cluster cluster, Options options, Report report) throws InterruptedException {
    var namespace = cluster.newNamespace("watched").name();
    try (var operator =
        OperatorUnderTest.start(cluster, options, Map.of("ASYNCJOB_HTTP_NAMESPACE", namespace))
            .awaitReady()) {
      load(cluster, options, operator, report.of("unwatched, 10 jobs/s"));
      load(cluster, options, operator, report.of("watched by nobody, 10 jobs/s"));
      var watches =
          IntStream.range(0, WATCHES)
              .mapToObj(
                  i ->
                      cluster.kubectl().stream(
                          line -> {}, "get", "asyncjobs", "--all-namespaces", "-w"))
              .toList();
      load(cluster, options, operator, report.of("5 kubectl watches, 10 jobs/s"));
      watches.forEach(ChildProcess::close);
      poll(cluster, options, operator, report.of("100 HTTP pollers, 10 jobs/s"));
    }
  }

  private static void poll(
      Cluster cluster, Options options, OperatorUnderTest operator, Report.Part part)
      throws InterruptedException {
    var http = HttpClient.newHttpClient();
    get(http, operator.process(), "/api/job-start/polled");
    var pollers = Executors.newScheduledThreadPool(4);
    try {
      var polls =
          IntStream.range(0, POLLERS)
              .mapToObj(
                  i ->
                      pollers.scheduleAtFixedRate(
                          () -> get(http, operator.process(), "/api/job-status/polled"),
                          i * 1000L / POLLERS,
                          1000,
                          TimeUnit.MILLISECONDS))
              .toList();
      load(cluster, options, operator, part);
      if (polls.stream().anyMatch(Future::isDone)) {
        throw new IllegalStateException("a poll failed");
      }
    } finally {
      pollers.shutdownNow();
    }
  }

  private static void get(HttpClient http, OperatorProcess operator, String path) {
    var request = HttpRequest.newBuilder(operator.http().resolve(path)).build();
    http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).join();
  }

  private static void load(
      Cluster cluster, Options options, OperatorUnderTest operator, Report.Part part)
      throws InterruptedException {
    var server = new ProcessUsage(cluster.controlPlane().apiServer().pid());
    var time =
        options.steady().compareTo(Duration.ofSeconds(20)) < 0
            ? options.steady()
            : Duration.ofSeconds(20);
    try (var load = new SteadyLoad(cluster.newNamespace("load"), "load-", JOBS_PER_SECOND, time)) {
      var begin = System.nanoTime();
      var serverCpu = server.cpuSeconds();
      var cpu = operator.usage().cpuSeconds();
      var requests = ApiRequests.of(cluster.client());
      load.start().join();
      load.await();
      var seconds = (System.nanoTime() - begin) / 1e9;
      part.add(
          "API server CPU, of one core", (server.cpuSeconds() - serverCpu) * 100 / seconds, "%");
      part.add(
          "operator CPU, of one core", (operator.usage().cpuSeconds() - cpu) * 100 / seconds, "%");
      ApiRequests.of(cluster.client())
          .since(requests)
          .forEach(
              (request, count) -> part.add(request + " a job", count / load.jobs(), "requests"));
    }
  }
}
