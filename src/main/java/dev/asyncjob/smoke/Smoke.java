package dev.asyncjob.smoke;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/**
 * Looks whether an installed operator is ready and completes a job that is started over HTTP, and
 * takes the job away again.
 *
 * <p>Arguments: the URL of /readyz; then, if the HTTP API is served, its URL; then, if it asks who
 * calls, {@code --bearer-file=FILE} or {@code --key-file=FILE}.
 */
public final class Smoke {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final String API = "/runtime/webhooks/durabletask";
  private static final String INPUT = "{\"QueuedDuration\":0,\"InProgressDuration\":0}";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();
  private final HttpRequest.Builder request = HttpRequest.newBuilder().timeout(REQUEST_TIMEOUT);

  private Smoke() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      new Smoke().run(arguments);
    } catch (IOException e) {
      System.err.println("FAILED: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 0 || arguments.length > 3) {
      throw new IOException("arguments: READYZ-URL [API-URL [--bearer-file=FILE|--key-file=FILE]]");
    }
    await(request.copy().uri(URI.create(arguments[0])).GET(), Set.of(200), Set.of(503));
    System.out.println("the operator is ready");
    if (arguments.length > 1) {
      if (arguments.length > 2) {
        identify(arguments[2]);
      }
      runJob(arguments[1] + API);
    }
  }

  private void identify(String option) throws IOException {
    var file = option.substring(option.indexOf('=') + 1);
    var secret = Files.readString(Path.of(file)).strip().lines().findFirst().orElse("");
    switch (option.substring(0, option.length() - file.length())) {
      case "--bearer-file=" -> request.header("Authorization", "Bearer " + secret);
      case "--key-file=" -> request.header("x-functions-key", secret);
      default -> throw new IOException("--bearer-file=FILE or --key-file=FILE, not " + option);
    }
  }

  private void runJob(String api) throws IOException, InterruptedException {
    var id = "helm-test-" + UUID.randomUUID();
    var instance = request.copy().uri(URI.create(api + "/instances/" + id));
    var start = URI.create(api + "/orchestrators/AsyncJobOrchestrator/" + id);
    // 409: an answer before was lost.
    var body = BodyPublishers.ofString(INPUT);
    await(request.copy().uri(start).POST(body), Set.of(202, 409), Set.of(503));
    System.out.println("job " + id + " is started");
    var end = await(instance.copy().GET(), Set.of(200), Set.of(202, 503));
    if (!end.contains("\"runtimeStatus\":\"Completed\"")) {
      throw new IOException("the job ended otherwise than as Completed: " + end);
    }
    System.out.println("job " + id + " is Completed");
    await(instance.copy().DELETE(), Set.of(200, 404), Set.of(503));
    System.out.println("job " + id + " is deleted");
  }

  /** Asks until an answer is good; no answer, and those to wait for, are asked for again. */
  private String await(HttpRequest.Builder builder, Set<Integer> good, Set<Integer> notYet)
      throws IOException, InterruptedException {
    var asked = builder.build();
    var start = System.nanoTime();
    while (true) {
      var answer = ask(asked);
      if (good.contains(answer.status)) {
        return answer.text;
      }
      var isLate = System.nanoTime() - start > LIMIT.toNanos();
      if (isLate || !(answer.isNone() || notYet.contains(answer.status))) {
        var what = answer.isNone() ? "no answer" : "status " + answer.status;
        var howLong = isLate ? " for " + LIMIT.toSeconds() + " s" : "";
        throw new IOException(
            "%s %s: %s%s: %s"
                .formatted(asked.method(), asked.uri(), what, howLong, answer.text.strip()));
      }
      Thread.sleep(BETWEEN_TRIES.toMillis());
    }
  }

  private Answer ask(HttpRequest asked) throws InterruptedException {
    try {
      var response = http.send(asked, BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(0, e.toString());
    }
  }

  /**
   * What came back.
   *
   * @param status 0 if nothing did
   * @param text the body, or why nothing did
   */
  private record Answer(int status, String text) {
    boolean isNone() {
      return status == 0;
    }
  }
}
