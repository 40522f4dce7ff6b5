package dev.asyncjob.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bytes that are hardly HTTP, on connections of their own, to the program as users run it: it
 * answers what it can, says nothing of itself, and afterwards holds no more than before.
 *
 * <p>{@code -Dfuzz.requests=200000} sends more of them, {@code -Dfuzz.seed} others.
 */
@ExtendWith(ClusterExtension.class)
class RawFuzzIT {
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3000);
  private static final long SEED = Long.getLong("fuzz.seed", 4711);
  private static final int CLIENTS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The chart's limit of memory; its JVM takes half of it for the heap. */
  private static final int MEMORY_MEBIBYTES = 512;

  private static final String INPUT =
      "{\"ThirdPartyJobId\":\"a\",\"QueuedDuration\":1.5,\"InProgressDuration\":null}";
  private static final String LIST =
      Service.BASE + "/instances?top=3&showInput=false&runtimeStatus=Running";

  private static final String HEAP = "-Xmx256m -XX:+ExitOnOutOfMemoryError";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})[^\r\n]*\r\n");

  /** Of the program, and of nothing that a client has sent. */
  private static final Pattern LEAK =
      Pattern.compile(
          "\\tat [a-z]+\\.|Jetty\\(|org\\.eclipse|io\\.javalin|java\\.lang\\.|\\bnull pointer");

  @Test
  void whateverIsSentTheProgramAnswersAndHoldsNoMoreThanBefore(TestNamespace namespace)
      throws Exception {
    try (var operator = namespace.startOperator(Map.of("JAVA_TOOL_OPTIONS", HEAP)).awaitReady()) {
      var seeds = seeds();
      for (var seed : seeds) {
        send(operator.http(), seed, new TreeMap<>());
      }
      var before = Held.by(operator);

      var statuses = sendAll(operator.http(), seeds);

      // Connections that were half sent live until they have been idle for long enough.
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                var after = Held.by(operator);
                assertThat(after.files()).isLessThanOrEqualTo(before.files() + 16);
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 64);
                assertThat(after.mebibytes()).isLessThan(MEMORY_MEBIBYTES);
              });
      System.out.printf("%s before, %s after; answers %s%n", before, Held.by(operator), statuses);
      assertThat(statuses.keySet())
          .contains(200, 202, 400, 404, 409, 410, 412)
          // 501 and 505 are about the request: an encoding, a version of HTTP.
          .allMatch(status -> status < 500 || status == 501 || status == 503 || status == 505);
      assertThat(operator.logSinceReady()).doesNotContain(" WARN ", " ERROR ");
      assertThat(operator.isAlive()).isTrue();
    }
  }

  private static Map<Integer, Integer> sendAll(URI url, List<byte[]> seeds) throws Exception {
    var parts = parts();
    var statuses = new TreeMap<Integer, Integer>();
    var clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      var work = new ArrayList<Callable<Map<Integer, Integer>>>();
      for (var client = 0; client < CLIENTS; client++) {
        var mutations = new Mutations(SEED + client);
        work.add(
            () -> {
              var mine = new TreeMap<Integer, Integer>();
              for (var i = 0; i < REQUESTS / CLIENTS; i++) {
                send(url, i % 2 == 0 ? mutations.of(seeds) : framed(mutations, parts), mine);
              }
              return mine;
            });
      }
      for (var client : clients.invokeAll(work)) {
        client.get().forEach((status, times) -> statuses.merge(status, times, Integer::sum));
      }
    } finally {
      clients.shutdownNow();
    }
    return statuses;
  }

  /** Good HTTP around a target and a body that are none: what gets as far as a route. */
  private static byte[] framed(Mutations mutations, List<byte[]> parts) {
    var target = new String(mutations.of(parts), StandardCharsets.ISO_8859_1);
    var body = new String(mutations.of(parts), StandardCharsets.ISO_8859_1);
    var method = target.length() % 3 == 0 ? "POST" : target.length() % 7 == 0 ? "DELETE" : "GET";
    return new RawRequest(method, target.replaceAll("[\\x00-\\x20\\x7f]", ""))
        .with("Content-Type: application/json")
        .body(body)
        .text()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Sends, says that nothing follows, and counts the statuses of all that is answered. */
  private static void send(URI url, byte[] bytes, Map<Integer, Integer> statuses)
      throws IOException {
    var answer = new ByteArrayOutputStream();
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answer);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no end of the answer to " + shown(bytes), e);
    } catch (SocketException e) {
      // Refused in the midst of it: what was answered before counts.
    }
    var text = answer.toString(StandardCharsets.ISO_8859_1);
    if (LEAK.matcher(text).find()) {
      throw new AssertionError("too much is said, " + text + ", to " + shown(bytes));
    }
    var status = STATUS.matcher(text);
    while (status.find()) {
      var code = Integer.parseInt(status.group(1));
      statuses.merge(code, 1, Integer::sum);
      if (code == 500) {
        throw new AssertionError("500 to " + shown(bytes));
      }
    }
  }

  private static String shown(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes)
        + ", as text "
        + new String(bytes, StandardCharsets.UTF_8);
  }

  /** A good request for each route; without those that wait, which would hold their client. */
  private static List<byte[]> seeds() {
    var seeds = new ArrayList<byte[]>();
    for (var route : Route.all("job-fuzz")) {
      seeds.add(route.request().text().getBytes(StandardCharsets.UTF_8));
    }
    var start = Service.BASE + "/orchestrators/AsyncJobOrchestrator/b";
    List.of(
            new RawRequest("POST", start).with("Content-Type: application/json").body(INPUT),
            new RawRequest("GET", LIST + "&createdTimeFrom=2026-11-25T08:00:00+01:00")
                .with("x-ms-continuation-token: YWZ0ZXI6am9iLWE"),
            new RawRequest("GET", "/api/job-status/%C3%A4%20b+c?code=a%26b&code=c"))
        .forEach(request -> seeds.add(request.text().getBytes(StandardCharsets.UTF_8)));
    seeds.add(
        ("POST "
                + start
                + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "2;x=y\r\n{}\r\n0\r\nTrailer: a\r\n\r\nGET / HTTP/1.1\r\nHost: b\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    return seeds;
  }

  private static List<byte[]> parts() {
    return Stream.concat(
            Route.all("job-fuzz").stream().map(route -> route.request().target()),
            Stream.of(
                LIST + "&createdTimeFrom=2026-11-25T08:00:00+01:00&createdTimeTo=2026-11-25",
                "/api/job-status/%C3%A4%20b+c?code=a%26b&code=c",
                INPUT,
                "\"{}\""))
        .map(part -> part.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  /** What the process holds, as Linux counts it. */
  private record Held(long files, long threads, long mebibytes) {
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    static Held by(OperatorProcess operator) throws IOException {
      var process = Path.of("/proc", Long.toString(operator.pid()));
      var status = Files.readString(process.resolve("status"));
      try (var files = Files.list(process.resolve("fd"))) {
        return new Held(files.count(), number(THREADS, status), number(RESIDENT, status) / 1024);
      }
    }

    private static long number(Pattern pattern, String status) {
      var found = pattern.matcher(status);
      if (!found.find()) {
        throw new IllegalStateException(status);
      }
      return Long.parseLong(found.group(1));
    }
  }
}
