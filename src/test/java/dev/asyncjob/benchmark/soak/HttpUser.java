package dev.asyncjob.benchmark.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Somebody who knows the HTTP API only. A future fails unless the answer is as it should be. */
final class HttpUser {
  private static final String BASE = "/runtime/webhooks/durabletask";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI operator;
  private final Duration limit;

  HttpUser(URI operator, Duration limit) {
    this.operator = operator;
    this.limit = limit;
  }

  /** Starts the job {@code job-NAME}. */
  CompletableFuture<Void> start(String name) {
    return get("/api/job-start/" + name, Set.of(202));
  }

  /** Starts the job, and is answered when it has ended, or after a minute. */
  CompletableFuture<Void> startAndWait(String job, Duration queued, Duration inProgress) {
    var body =
        "{\"QueuedDuration\": %d.%03d, \"InProgressDuration\": %d.%03d}"
            .formatted(
                queued.toSeconds(),
                queued.toMillisPart(),
                inProgress.toSeconds(),
                inProgress.toMillisPart());
    var path = BASE + "/orchestrators/AsyncJobOrchestrator/" + job;
    return send(
        request(path + "?timeout=60&pollingInterval=1").POST(BodyPublishers.ofString(body)),
        Set.of(200, 202));
  }

  CompletableFuture<Void> pollName(String name) {
    return get("/api/job-status/" + name, Set.of(200));
  }

  CompletableFuture<Void> poll(String job) {
    return get(BASE + "/instances/" + job + "?showHistory=true", Set.of(200, 202));
  }

  CompletableFuture<Void> list() {
    return get(BASE + "/instances?top=20", Set.of(200));
  }

  /**
   * A path that nobody serves, and another one each time, on a connection of its own: the JDK's
   * other client, which the rest uses, does not let anybody say "Connection: close".
   */
  CompletableFuture<Void> askForNothing(String name) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            var connection =
                (HttpURLConnection) operator.resolve("/" + name).toURL().openConnection();
            try {
              connection.setRequestProperty("Connection", "close");
              connection.setConnectTimeout((int) limit.toMillis());
              connection.setReadTimeout((int) limit.toMillis());
              check(connection.getResponseCode(), Set.of(404));
            } finally {
              connection.disconnect();
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private CompletableFuture<Void> get(String path, Set<Integer> expected) {
    return send(request(path), expected);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(operator.resolve(path)).timeout(limit);
  }

  private CompletableFuture<Void> send(HttpRequest.Builder request, Set<Integer> expected) {
    return http.sendAsync(request.build(), BodyHandlers.discarding())
        .thenAccept(response -> check(response.statusCode(), expected));
  }

  private static void check(int status, Set<Integer> expected) {
    if (!expected.contains(status)) {
      throw new IllegalStateException("answered " + status);
    }
  }
}
