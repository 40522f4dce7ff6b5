package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients see while the API server does not answer. */
@ExtendWith(ClusterExtension.class)
class HttpOutageIT {
  private static final String START = BASE + "/orchestrators/AsyncJobOrchestrator";
  private static final String INSTANCES = BASE + "/instances";
  private static final String LONG = "{\"QueuedDuration\":60}";

  @Test
  void pollersSeeNothingOfItAndOthersAreToldWhenToComeAgain(Cluster cluster) {
    var namespace = cluster.newNamespace("outage").name();
    try (var service = Service.start(cluster, namespace, Duration.ofSeconds(60))) {
      service.post(START + "/running", LONG);
      var apiServer = cluster.controlPlane().apiServer();
      apiServer.pause();
      try {
        assertThat(service.get(INSTANCES + "/running").status()).isEqualTo(202);
        assertThat(service.get(INSTANCES).json()).hasSize(1);
        // At the same time, for each is answered only once the API server had its time to answer.
        var answers =
            Stream.<Supplier<Service.Answer>>of(
                    () -> service.get(INSTANCES + "/unknown"),
                    () -> service.post(START + "/new", LONG),
                    () -> service.post(INSTANCES + "/running/terminate", ""),
                    () -> service.get("/api/job-start/new"))
                .map(CompletableFuture::supplyAsync)
                .toList();
        for (var later : answers) {
          var answer = later.join();
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.header("Retry-After")).isPresent();
          assertThat(answer.json().get("Message").asText()).isNotEmpty();
        }
      } finally {
        apiServer.resume();
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> service.get("/api/job-start/new").status() == 202);
      assertThat(service.get(INSTANCES + "/job-new").status()).isEqualTo(202);
    }
  }

  /** More than the API server works on and more than may wait for it, while it stands still. */
  @Test
  void tooMuchIsRefusedAndWhatWasAnswered202IsThere(Cluster cluster) {
    var namespace = cluster.newNamespace("overload").name();
    try (var service = Service.start(cluster, namespace, Duration.ofHours(1))) {
      var client = HttpClient.newHttpClient();
      var apiServer = cluster.controlPlane().apiServer();
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      apiServer.pause();
      try {
        for (var i = 0; i < 600; i++) {
          var url = URI.create(service.url() + START + "/overload-" + i);
          answers.add(
              client.sendAsync(
                  HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()).build(),
                  BodyHandlers.ofString()));
        }
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> answers.stream().anyMatch(CompletableFuture::isDone));
      } finally {
        apiServer.resume();
      }
      var answered = answers.stream().map(CompletableFuture::join).toList();
      assertThat(answered)
          .extracting(HttpResponse::statusCode)
          .isSubsetOf(202, 429, 503)
          .contains(202, 503);
      for (var answer : answered) {
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        if (answer.statusCode() == 202) {
          var location = answer.headers().firstValue("Location").orElseThrow();
          await()
              .atMost(Duration.ofSeconds(60))
              .pollDelay(Duration.ZERO)
              .until(() -> service.get(location).status(), status -> status != 503);
          assertThat(service.get(location).status()).isEqualTo(202);
        }
      }
    }
  }
}
