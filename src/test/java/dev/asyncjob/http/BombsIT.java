package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is small to send and made to cost much where it is read: refused in words, or harmless. The
 * operator goes on, as the next job shows.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BombsIT {
  private static final String START = BASE + "/orchestrators/AsyncJobOrchestrator";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int KIBI = 1024;
  private static final String SMALL_HEAP = "-Xmx112m -XX:+ExitOnOutOfMemoryError";

  private TestNamespace namespace;
  private OperatorProcess operator;
  private int jobs;

  @BeforeAll
  void start(Cluster cluster) {
    namespace = cluster.newNamespace("bombs");
    operator = namespace.startOperator(Map.of()).awaitReady();
  }

  @AfterEach
  void theOperatorGoesOn() {
    var name = "next-" + jobs++;
    namespace.kubectl().apply(manifest(name, "{queuedDuration: 0s, inProgressDuration: 0s}"));
    awaitFinished(name);
    assertThat(operator.isAlive()).isTrue();
    assertThat(operator.logSinceReady()).doesNotContain(" ERROR ");
  }

  @AfterAll
  void stop() {
    operator.close();
  }

  /** Nine levels of nine references each are 387 million values. */
  @Test
  void kubectlRefusesAliasesOfAliases() {
    var result = create(aliases("list"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains("excessive aliasing");
  }

  @Test
  void theApiServerRefusesAliasesOfAliases() throws Exception {
    var answer = post("application/yaml", aliases("sent"));

    assertThat(answer.code()).isBetween(400, 499);
    assertThat(answer.body()).contains("excessive aliasing");
  }

  @Test
  void theApiServerRefusesWhatIsDeeperThanItReads() throws Exception {
    var answer = post("application/json", json("deep", deep(20_000, "[", "1", "]")));

    assertThat(answer.code()).isBetween(400, 499);
    assertThat(answer.body()).contains("exceeded max depth");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "300  | metadata.annotations: Too long: may not be more than 262144 bytes",
        "3500 | limit is 3145728"
      })
  void theApiServerRefusesLongAnnotations(int kibibytes, String why) throws Exception {
    var answer =
        post(
            "application/json",
            json("annotated", "1")
                .replace(
                    "\"metadata\": {",
                    "\"metadata\": {\"annotations\": {\"a\": \"%s\"}, "
                        .formatted("x".repeat(kibibytes * KIBI))));

    assertThat(answer.code()).isBetween(400, 499);
    assertThat(answer.body()).contains(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "queuedDuration  | 1h                | may not be more than 32 bytes",
        "notBeforeTime   | 2026-             | may not be more than 40 bytes",
        "thirdPartyJobId | aaaaaaaaaaaaaaaa! | may not be more than 128 bytes"
      })
  void theApiServerRefusesLongTextsBeforeItMatchesThem(String field, String part, String why) {
    var spec = "{%s: '%s'}".formatted(field, part.repeat(20_000));

    assertRefused(create(manifest("matched", spec)).stderr(), "spec." + field, why);
    assertRefused(
        create(manifest("a-".repeat(100_000) + "!", "{}")).stderr(), "metadata.name", "RFC 1123");
  }

  /** The rules compare whole fields of the old and the new job, of any length. */
  @Test
  void rulesOverLongValuesEnd() {
    var output = "[" + "{a: [1, x]}, ".repeat(40_000) + "]";
    var spec = "{queuedDuration: 0s, inProgressDuration: 0s, outcome: {output: %s}, %s}";
    assertThat(create(manifest("compared", spec.formatted(output, ""))).stderr()).isEmpty();
    awaitFinished("compared");

    var result =
        namespace
            .kubectl()
            .runWithInput(
                manifest("compared", spec.formatted(output, "jitterPercent: 1")),
                "replace",
                "-f",
                "-");

    assertRefused(result.stderr(), "spec", "a finished job must not change");
  }

  /** The API server stores these. What reads one of them reads the list of all. */
  @Test
  void outputsThatAreHardToReadHarmNobody() {
    var outputs = new LinkedHashMap<String, String>();
    outputs.put("long", "\"" + "x".repeat(1_400_000) + "\"");
    outputs.put("long-name", "{\"" + "x".repeat(200_000) + "\": 1}");
    outputs.put("many-names", many(100_000, "{", "\"%x\":1", "}"));
    outputs.put("same-names", many(100_000, "{", "\"a\":%d", "}"));
    outputs.put("many-values", many(150_000, "[", "%d", "]"));
    outputs.put("deep", deep(2_000, "{\"a\":", "1", "}"));
    outputs.put("digits", "[1e308, 0." + "3".repeat(100_000) + "]");
    outputs.put("halves", "{\"\\ud800\": \"\\udc00\", \"\\udc00\\ud800\": \"\\ud800\"}");
    outputs.put("controls", "{\"\\u0000\\u001b[2J\\n\": \"\\u0000\\u2028\"}");

    outputs.forEach(
        (name, output) -> assertThat(create(json(name, output)).stderr()).as(name).isEmpty());

    outputs.keySet().forEach(this::awaitFinished);
    // All of them are in the list that it starts with.
    try (var other = namespace.startOperator(Map.of()).awaitReady()) {
      assertThat(other.logSinceReady()).doesNotContain(" ERROR ");
    }
    assertThat(
            namespace
                .kubectl()
                .get("get", "aj", "long", "-o=jsonpath={.status.conditions[*].reason}"))
        .contains("OutputTooLarge");
  }

  @Test
  void bodiesThatAreHardToReadAreRefused() {
    for (var body :
        List.of(
            "[".repeat(64 * KIBI),
            deep(30_000, "[", "1", "]"),
            deep(10_000, "{\"a\":", "1", "}"),
            "{\"" + "x".repeat(60_000) + "\":1}",
            "{\"QueuedDuration\":" + "9".repeat(60_000) + "}",
            "{\"QueuedDuration\":0." + "0".repeat(60_000) + "1e2147483647}",
            many(6_000, "{", "\"%x\":1", "}"),
            many(2_500, "{", "\"QueuedDuration\":%d", "}x"),
            "{\"\\ud800\":1}",
            "\u001f\u008b\b")) {
      var answer = new RawRequest("POST", START + "/bomb").body(body).sendTo(url());

      assertThat(answer).as(shown(body)).startsWith("HTTP/1.1 400 ").contains("\"Message\":");
    }
    assertThat(get(BASE + "/instances/bomb")).startsWith("HTTP/1.1 404 ");
  }

  /** Written out, it would have a thousand million digits. */
  @Test
  void aNumberOfAnySizeIsADuration() {
    for (var number : List.of("1e999999999", "1e-999999999", "-1e999999999")) {
      var id = "number-" + jobs++;
      var body = "{\"QueuedDuration\":%s,\"InProgressDuration\":9e9}".formatted(number);
      assertThat(new RawRequest("POST", START + "/" + id).body(body).sendTo(url()))
          .startsWith("HTTP/1.1 202 ");

      assertThat(get(BASE + "/instances/" + id))
          .startsWith("HTTP/1.1 202 ")
          .containsIgnoringCase("\"QueuedDuration\":" + number.replace("1e9", "1E+9"));
    }
  }

  @Test
  void queriesThatAreHardToReadAreAnswered() {
    var list = BASE + "/instances?";
    for (var query :
        List.of(
            "instanceIdPrefix=" + "(a+)+".repeat(3000),
            "runtimeStatus=" + ",".repeat(15_000),
            "runtimeStatus=" + "Running,".repeat(1900),
            "createdTimeFrom=" + "2026-11-25T".repeat(1400),
            "createdTimeTo=" + "1".repeat(15_000) + "Z",
            "top=" + "9".repeat(15_000),
            "top=" + "1,".repeat(7_500),
            "taskHub=" + "a-".repeat(7_500) + "!",
            "a&".repeat(7_500),
            "%41=&".repeat(3_000),
            IntStream.range(0, 3000).mapToObj("%x&"::formatted).collect(Collectors.joining()))) {
      assertThat(get(list + query)).as(shown(query)).startsWith("HTTP/1.1 200 ");
    }
    assertThat(get("/api/job-start/" + "a-".repeat(7_500) + "%21")).startsWith("HTTP/1.1 400 ");
    assertThat(get("/api/job-status/" + "a--".repeat(5_000))).startsWith("HTTP/1.1 200 ");
    assertThat(get("/" + "a/".repeat(8_000))).startsWith("HTTP/1.1 404 ");
  }

  /** It is taken for JSON if it is. */
  @Test
  void aReasonThatIsHardToReadIsText() {
    for (var reason : List.of(deep(7_000, "[", "1", "]"), "[".repeat(15_000), "9".repeat(15_000))) {
      var id = "reason-" + jobs++;
      new RawRequest("POST", START + "/" + id).body("{\"QueuedDuration\":600}").sendTo(url());
      var terminate = BASE + "/instances/" + id + "/terminate?reason=" + reason;
      assertThat(new RawRequest("POST", terminate).sendTo(url())).startsWith("HTTP/1.1 202 ");
      awaitFinished(id);

      assertThat(get(BASE + "/instances/" + id))
          .startsWith("HTTP/1.1 200 ")
          .contains("\"output\":\"" + reason + "\"");
    }
  }

  /** The page has more bytes than the program has memory to make it up in. */
  @Test
  void aPageOfLargeJobsIsSentOneByOne() throws Exception {
    var count = 240;
    var large = namespace.cluster().newNamespace("large");
    try (var small = large.startOperator(Map.of("JAVA_TOOL_OPTIONS", SMALL_HEAP)).awaitReady()) {
      for (var i = 0; i < count; i++) {
        assertThat(post(large, "application/json", large(i)).code()).isEqualTo(201);
      }
      for (var name : List.of("large-0", "large-" + (count - 1))) {
        large.kubectl().get("wait", "aj/" + name, "--for=condition=Started", "--timeout=30s");
      }

      var list = new RawRequest("GET", BASE + "/instances?top=1000");
      var answer = list.sendTo(small.http().toString());

      assertThat(answer).startsWith("HTTP/1.1 200 ");
      assertThat(answer.split("\"instanceId\"", -1)).hasSize(count + 1);
      assertThat(small.isAlive()).isTrue();
      assertThat(small.logSinceReady()).doesNotContain(" ERROR ");
    }
  }

  private void awaitFinished(String name) {
    namespace
        .kubectl()
        .get(
            "wait",
            "aj/" + name,
            "--for=condition=Finished",
            "--timeout=" + LIMIT.toSeconds() + "s");
  }

  private Command.Result create(String manifest) {
    return namespace.kubectl().runWithInput(manifest, "create", "-f", "-");
  }

  /** To the API server itself, which kubectl would read it for first. */
  private HttpResponse<String> post(String contentType, String body) throws Exception {
    return post(namespace, contentType, body);
  }

  private static HttpResponse<String> post(TestNamespace namespace, String contentType, String body)
      throws Exception {
    var client = namespace.client();
    var url =
        client
            .getMasterUrl()
            .toURI()
            .resolve("/apis/asyncjob.dev/v1/namespaces/" + namespace.name() + "/asyncjobs");
    var request =
        client.getHttpClient().newHttpRequestBuilder().uri(url).post(contentType, body).build();
    return client
        .getHttpClient()
        .sendAsync(request, String.class)
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private String get(String target) {
    return new RawRequest("GET", target).sendTo(url());
  }

  private String url() {
    return operator.http().toString();
  }

  private static void assertRefused(String message, String field, String why) {
    assertThat(message).contains(field).contains(why);
  }

  private static String manifest(String name, String spec) {
    return "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: %s}, spec: %s}"
        .formatted(name, spec);
  }

  /** With an input that came by HTTP, had it been of this size. */
  private static String large(int number) {
    return """
    {"apiVersion": "asyncjob.dev/v1", "kind": "AsyncJob", "spec": {}, "metadata": {
     "name": "large-%d", "annotations": {"asyncjob.dev/request":
     "{\\"time\\":\\"2026-11-25T08:00:00Z\\",\\"restartNonce\\":0,\\"input\\":\\"%s\\"}"}}}
    """
        .formatted(number, "x".repeat(240_000));
  }

  private static String json(String name, String output) {
    return """
    {"apiVersion": "asyncjob.dev/v1", "kind": "AsyncJob", "metadata": {"name": "%s"}, "spec":
     {"queuedDuration": "0s", "inProgressDuration": "0s", "outcome": {"output": %s}}}
    """
        .formatted(name, output);
  }

  private static String aliases(String name) {
    var levels = new StringBuilder("x0: &x0 [1,1,1,1,1,1,1,1,1]\n");
    for (var level = 1; level < 9; level++) {
      levels.append(
          "x%d: &x%d [%s]\n"
              .formatted(level, level, ("*x" + (level - 1) + ",").repeat(9).replaceAll(",$", "")));
    }
    return """
    apiVersion: asyncjob.dev/v1
    kind: AsyncJob
    metadata: {name: %s}
    %sspec: {outcome: {output: *x8}}
    """
        .formatted(name, levels);
  }

  private static String deep(int levels, String open, String inner, String close) {
    return open.repeat(levels) + inner + close.repeat(levels);
  }

  private static String many(int count, String open, String each, String close) {
    return IntStream.range(0, count)
        .mapToObj(each::formatted)
        .collect(Collectors.joining(",", open, close));
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(60, text.length()))
        + "... "
        + text.getBytes(StandardCharsets.UTF_8).length
        + " bytes";
  }
}
