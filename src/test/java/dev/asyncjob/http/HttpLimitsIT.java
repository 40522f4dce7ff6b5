package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.web.ConnectionLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a client cannot do to the service, over bare sockets. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpLimitsIT {
  private static final String START = BASE + "/orchestrators/AsyncJobOrchestrator";
  private static final String INSTANCES = BASE + "/instances";
  private static final String LONG = "{\"QueuedDuration\":60,\"InProgressDuration\":60}";

  private static final int MAX_CONNECTIONS = 4000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private Cluster cluster;
  private Service service;

  @BeforeAll
  void start(Cluster shared) {
    cluster = shared;
    service = Service.start(cluster, cluster.newNamespace("limits").name(), Duration.ofSeconds(1));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void aBodyOf64KiBIsRead() {
    var padded = LONG + " ".repeat(64 * 1024 - LONG.length());

    assertThat(service.post(START + "/full", padded).status()).isEqualTo(202);
  }

  @Test
  void aLargerBodyIsRefusedAndNothingCreated() {
    for (var size : List.of(64 * 1024 + 1, 10_000_000)) {
      var answer = service.post(START + "/large", "x".repeat(size));
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.json().get("Message").asText()).contains("65536");
    }
    assertThat(service.get(INSTANCES + "/large").status()).isEqualTo(404);
  }

  @Test
  void anEndlessBodyIsCutOff() throws IOException {
    assertThat(raw("POST " + START + " HTTP/1.1", "Content-Length: 99999999999"))
        .startsWith("HTTP/1.1 413 ")
        .contains("Connection: close");
  }

  @Test
  void longUrlsAndHeadersAreRefused() throws IOException {
    assertThat(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1")).startsWith("HTTP/1.1 414 ");
    assertThat(raw("GET / HTTP/1.1", "X: " + "x".repeat(20_000))).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void theAnswerToALongUrlThatIsTakenRepeatsIt() {
    service.post(START + "/echo", LONG);
    var path = INSTANCES + "/echo?x=" + "x".repeat(15_000);

    var answer = service.get(path);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).hasValue(service.url() + path);
  }

  @Test
  void brokenEncodingsAreRefused() throws IOException {
    for (var path :
        List.of(
            "/api/job-start/%zz", "/api/job-start/%", "/api/job-start/%ff", "/api/job-start/%c3")) {
      assertThat(raw("GET " + path + " HTTP/1.1"))
          .startsWith("HTTP/1.1 400 ")
          .contains("Content-Length: 0")
          .doesNotContain("Jetty");
    }
    assertThat(raw("GET /api/job-status/x?a=%zz&%=%ff HTTP/1.1")).startsWith("HTTP/1.1 200 ");
    assertThat(raw("NONSENSE")).startsWith("HTTP/1.1 400 ");
    assertThat(raw("BREW / HTTP/1.1")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void everyIdIsFoundByItsOwnUrls() {
    for (var name :
        List.of(
            "a b",
            "a+b",
            "a%b",
            "100%25",
            "..",
            ".",
            "a;b",
            "ä\u0308😀",
            "Foo",
            "foo",
            "{x}",
            "<x>",
            "a&b=c",
            "\"q\"",
            "😀".repeat(126))) {
      var started = service.get("/api/job-start/" + ManagementUrls.percentEncoded(name));
      assertThat(started.status()).as(name).isEqualTo(202);
      var id = "job-" + name;
      assertThat(started.json().get("Id").asText()).isEqualTo(id);
      for (var url :
          List.of(
              started.header("Location").orElseThrow(),
              INSTANCES + "/" + ManagementUrls.formEncoded(id),
              INSTANCES + "/" + ManagementUrls.percentEncoded(id))) {
        assertThat(service.get(url).json().get("instanceId").asText()).isEqualTo(id);
      }
    }
    var ids = service.get(INSTANCES + "?top=1000").json().findValuesAsText("instanceId");
    assertThat(ids).doesNotHaveDuplicates().contains("job-Foo", "job-foo", "job-a b", "job-a+b");
  }

  @Test
  void aMadeNameIsNotTheIdThatItWasMadeOf() {
    service.post(START + "/Twin", LONG);
    var made =
        cluster
            .kubectl()
            .inNamespace(service.namespace())
            .get("get", "asyncjobs", "-o", "name")
            .lines()
            .filter(name -> name.contains("/twin--"))
            .map(name -> name.substring(name.indexOf('/') + 1))
            .findFirst()
            .orElseThrow();

    assertThat(service.get(INSTANCES + "/" + made).status()).isEqualTo(404);
    assertThat(service.post(START + "/" + made, LONG).status()).isEqualTo(202);
    assertThat(service.get(INSTANCES + "/" + made).json().get("instanceId").asText())
        .isEqualTo(made);
    assertThat(service.get(INSTANCES + "/Twin").json().get("instanceId").asText())
        .isEqualTo("Twin");
  }

  @Test
  void whatWasAnswered202IsThereOnEveryReplica() {
    try (var other = Service.start(cluster, service.namespace(), Duration.ofSeconds(1))) {
      for (var i = 0; i < 50; i++) {
        var location = service.get("/api/job-start/replicas-" + i).header("Location").orElseThrow();
        assertThat(other.get(URI.create(location).getPath()).status()).isEqualTo(202);
      }
    }
  }

  /**
   * More than there are threads, 300. How long it takes to start and to end them does not matter.
   */
  @Test
  void manyWaitersHoldNoThreads() {
    var waiters = 400;
    try (var own =
        Service.start(cluster, cluster.newNamespace("waiters").name(), Duration.ofHours(1))) {
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      while (answers.size() < waiters) {
        for (var i = 0; i < 20; i++) {
          var path = START + "/waiter-" + answers.size() + "?timeout=900&pollingInterval=0.5";
          answers.add(postLater(own, path, ""));
        }
        // More at a time than the API server takes would be told to come again, rightly.
        await()
            .atMost(LIMIT)
            .until(() -> own.get(INSTANCES + "?top=1000").json().size() == answers.size());
      }
      assertThat(answers).noneMatch(CompletableFuture::isDone);
      assertThat(own.get("/").status()).isEqualTo(200);
      for (var i = 0; i < waiters; i++) {
        var terminate = INSTANCES + "/waiter-" + i + "/terminate";
        await()
            .atMost(LIMIT)
            .pollDelay(Duration.ZERO)
            .until(() -> own.post(terminate, "").status() == 202);
      }
      assertThat(answers.stream().map(CompletableFuture::join))
          .allMatch(
              answer -> answer.statusCode() == 200 && answer.body().contains("\"Terminated\""));
    }
  }

  /** To look for it on would cost the API server up to twenty reads a second, for up to a day. */
  @Test
  void aWaitForWhatIsDeletedEnds() {
    var answer = postLater(service, START + "/deleted?timeout=3600&pollingInterval=0.1", LONG);
    await().atMost(LIMIT).until(() -> service.get(INSTANCES + "/deleted").status() == 202);
    cluster
        .kubectl()
        .inNamespace(service.namespace())
        .get("delete", "asyncjob", "deleted", "--wait=false");

    await().atMost(LIMIT).until(answer::isDone);

    assertThat(answer.join().statusCode()).isEqualTo(202);
    assertThat(service.get(INSTANCES + "/deleted").status()).isEqualTo(404);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anIdleConnectionIsClosed() throws IOException {
    try (var socket = connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aBodyThatDripsIsRefused() throws Exception {
    var head =
        "POST " + START + "/drip HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n";
    assertThat(drip(head)).startsWith("HTTP/1.1 408 ");
    assertThat(service.get(INSTANCES + "/drip").status()).isEqualTo(404);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aConnectionWhoseHeadDripsIsClosed() throws IOException {
    assertThat(drip("GET / HTTP/1.1\r\nHost: localhost\r\nX: ")).isIn("", "closed");
  }

  @Test
  void moreConnectionsThanAreAllowedWaitUntilOthersEnd() throws IOException {
    ConnectionLimit.assertHolds(URI.create(service.url() + "/"), MAX_CONNECTIONS);
  }

  @Test
  void urlsAreThoseOfTheProxyIfItIsTrusted() {
    var headers =
        new String[] {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "jobs.example:8443"};
    assertThat(service.get("/api/job-start/a", headers).header("Location").orElseThrow())
        .startsWith(service.url());
    try (var trusting = serviceBehind(true, Optional.empty());
        var fixed = serviceBehind(false, Optional.of(URI.create("https://x.example/jobs/")))) {
      assertThat(trusting.get("/api/job-start/a", headers).header("Location"))
          .hasValue("https://jobs.example:8443" + INSTANCES + "/job-a");
      assertThat(fixed.get("/api/job-start/a", headers).header("Location"))
          .hasValue("https://x.example/jobs" + INSTANCES + "/job-a");
      assertThat(fixed.get(INSTANCES + "/job-a?a=b").header("Location"))
          .hasValue("https://x.example/jobs" + INSTANCES + "/job-a?a=b");
    }
  }

  private Service serviceBehind(boolean trustForwarded, Optional<URI> externalUrl) {
    return Service.start(
        cluster,
        cluster.newNamespace("proxy").name(),
        Duration.ofSeconds(60),
        settings ->
            new HttpSettings(
                settings.address(),
                settings.auth(),
                settings.namespace(),
                settings.taskHubs(),
                externalUrl,
                trustForwarded,
                settings.durations()));
  }

  private CompletableFuture<HttpResponse<String>> postLater(Service to, String path, String body) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(to.url() + path))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), URI.create(service.url()).getPort());
  }

  /** Sends one character after the other for as long as the service lets it; returns the answer. */
  private String drip(String head) throws IOException {
    try (var socket = connect()) {
      socket.setSoTimeout(200);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      while (true) {
        try {
          socket.getOutputStream().write('x');
          return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
          // Not yet.
        }
      }
    } catch (SocketException e) {
      return "closed";
    }
  }

  private String raw(String requestLine, String... headers) throws IOException {
    var port = URI.create(service.url()).getPort();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var request =
          requestLine
              + "\r\nHost: localhost\r\n"
              + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList())
              + (headers.length > 0 && headers[0].startsWith("Content")
                  ? ""
                  : "Connection: close\r\n")
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
