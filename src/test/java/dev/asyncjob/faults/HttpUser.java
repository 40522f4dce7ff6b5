package dev.asyncjob.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody who knows the HTTP API only, of whichever operator answers. */
final class HttpUser {
  private static final String BASE = "/runtime/webhooks/durabletask";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /** Returns whether it was answered that the job is there. */
  boolean start(URI operator, String id, String input) throws IOException, InterruptedException {
    return send(operator, "POST", BASE + "/orchestrators/AsyncJobOrchestrator/" + id, input) == 202;
  }

  /** Such as {@code terminate}. */
  void act(URI operator, String id, String action) throws IOException, InterruptedException {
    send(operator, "POST", BASE + "/instances/" + id + "/" + action + "?reason=faults", "");
  }

  void query(URI operator, String id) throws IOException, InterruptedException {
    send(operator, "GET", BASE + "/instances/" + id + "?showHistory=true", "");
  }

  void list(URI operator) throws IOException, InterruptedException {
    send(operator, "GET", BASE + "/instances?top=20", "");
  }

  void purge(URI operator, String id) throws IOException, InterruptedException {
    send(operator, "DELETE", BASE + "/instances/" + id, "");
  }

  private int send(URI operator, String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(operator.resolve(path))
            .timeout(LIMIT)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
