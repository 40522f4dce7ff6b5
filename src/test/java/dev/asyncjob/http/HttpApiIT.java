package dev.asyncjob.http;

import static dev.asyncjob.http.Service.BASE;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.http.Service.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The contract of docs/http.md, case by case, with the numbers that it has there. */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpApiIT {
  private static final String INSTANCES = BASE + "/instances";
  private static final String START = BASE + "/orchestrators/AsyncJobOrchestrator";
  private static final String LONG = "{\"QueuedDuration\":60,\"InProgressDuration\":60}";
  private static final String SHORT = "{\"QueuedDuration\":0.2,\"InProgressDuration\":0.2}";

  /** Longer than a test needs to look at a phase, shorter than a developer's patience. */
  private static final Duration PHASE = Duration.ofSeconds(1);

  private final AtomicInteger namespaces = new AtomicInteger();
  private Cluster cluster;
  private Service service;

  @BeforeAll
  void start(Cluster shared) {
    cluster = shared;
    service = Service.start(cluster, cluster.newNamespace("http").name(), PHASE);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @TestFactory
  Stream<DynamicTest> theOriginalApp() {
    return Stream.of(
        test(
            "1, 2, 3: job-start of a new name",
            () -> {
              var answer = service.get("/api/job-start/a");
              assertThat(answer.status()).isEqualTo(202);
              assertThat(answer.header("Content-Type")).hasValue("application/json");
              assertThat(answer.header("Retry-After")).hasValue("10");
              var json = answer.json();
              assertThat(json.get("Id").asText()).isEqualTo("job-a");
              assertThat(answer.header("Location"))
                  .hasValue(json.get("StatusQueryGetUri").asText());
              assertThat(fields(answer))
                  .containsExactly(
                      "Id",
                      "StatusQueryGetUri",
                      "SendEventPostUri",
                      "TerminatePostUri",
                      "RewindPostUri",
                      "PurgeHistoryDeleteUri",
                      "RestartPostUri",
                      "SuspendPostUri",
                      "ResumePostUri");
              var instance = service.url() + INSTANCES + "/job-a";
              assertThat(json.get("StatusQueryGetUri").asText()).isEqualTo(instance);
              assertThat(json.get("PurgeHistoryDeleteUri").asText()).isEqualTo(instance);
              assertThat(json.get("SendEventPostUri").asText())
                  .isEqualTo(instance + "/raiseEvent/{eventName}");
              for (var operation : List.of("Terminate", "Suspend", "Resume")) {
                assertThat(json.get(operation + "PostUri").asText())
                    .isEqualTo(
                        instance + "/" + operation.toLowerCase(Locale.ROOT) + "?reason={{text}}");
              }
            }),
        test(
            "4: again while it runs",
            () -> {
              var first = service.get("/api/job-start/again");
              var before = status("job-again");
              var second = service.get("/api/job-start/again");
              assertThat(second.status()).isEqualTo(202);
              assertThat(second.body()).isEqualTo(first.body());
              var after = status("job-again");
              assertThat(after.json().get("createdTime"))
                  .isEqualTo(before.json().get("createdTime"));
              assertThat(after.json().get("input")).isEqualTo(before.json().get("input"));
            }),
        test(
            "5: again after Completed",
            () -> {
              service.get("/api/job-start/twice");
              var first = awaitStatus("job-twice", "Completed");
              assertThat(service.get("/api/job-start/twice").status()).isEqualTo(202);
              var second = status("job-twice");
              assertThat(second.status()).isEqualTo(202);
              assertThat(second.json().at("/input/ThirdPartyJobId"))
                  .isNotEqualTo(first.json().at("/input/ThirdPartyJobId"));
              assertThat(created(second)).isAfter(created(first));
              assertThat(second.json().get("output").isNull()).isTrue();
              assertThat(second.json().get("runtimeStatus").asText()).isIn("Pending", "Running");
            }),
        test(
            "6: again after Terminated, although suspended",
            () -> {
              service.get("/api/job-start/ended");
              awaitCustomStatus("job-ended", "Queued");
              post("job-ended/suspend");
              post("job-ended/terminate");
              awaitStatus("job-ended", "Terminated");
              assertThat(service.get("/api/job-start/ended").status()).isEqualTo(202);
              awaitStatus("job-ended", "Completed");
            }),
        test(
            "8: 20 starts of one new name at once",
            () -> {
              var answers =
                  IntStream.range(0, 20)
                      .mapToObj(
                          i ->
                              CompletableFuture.supplyAsync(
                                  () -> service.get("/api/job-start/crowd")))
                      .toList()
                      .stream()
                      .map(CompletableFuture::join)
                      .toList();
              assertThat(answers).allMatch(answer -> answer.status() == 202);
              assertThat(answers.stream().map(Answer::body).collect(toSet())).hasSize(1);
              awaitStatus("job-crowd", "Completed");
              assertThat(attempts("job-crowd")).isEqualTo("1");
              assertThat(
                      IntStream.range(0, 20)
                          .mapToObj(
                              i ->
                                  CompletableFuture.supplyAsync(
                                      () -> service.get("/api/job-start/crowd")))
                          .toList()
                          .stream()
                          .map(CompletableFuture::join))
                  .allMatch(answer -> answer.status() == 202);
              awaitStatus("job-crowd", "Completed");
              assertThat(attempts("job-crowd")).isEqualTo("2");
            }),
        test(
            "9: wrong verb, no name",
            () -> {
              assertThat(service.post("/api/job-start/a", "").status()).isEqualTo(404);
              assertThat(service.get("/api/job-start/").status()).isEqualTo(404);
            }),
        test(
            "12, 13: the operator's durations as numbers",
            () -> {
              service.get("/api/job-start/numbers");
              assertThat(status("job-numbers").body())
                  .contains("\"QueuedDuration\":1,\"InProgressDuration\":1}");
              service.durations.set(
                  new HttpSettings.Durations(Duration.ofMillis(500), Duration.ofSeconds(1)));
              service.get("/api/job-start/fractions");
              service.durations.set(new HttpSettings.Durations(PHASE, PHASE));
              assertThat(status("job-fractions").body())
                  .contains("\"QueuedDuration\":0.5,\"InProgressDuration\":1}");
            }),
        test(
            "15: job-status of an unknown job",
            () -> {
              var answer = service.get("/api/job-status/nope");
              assertThat(answer.status()).isEqualTo(200);
              assertThat(answer.body()).isEqualTo("{\"status\":\"NotFound\"}");
              assertThat(answer.header("Content-Type")).hasValue("application/json; charset=utf-8");
            }),
        test(
            "16: job-status at each phase",
            () -> {
              service.get("/api/job-start/phases");
              var seen = new ArrayList<String>();
              await()
                  .atMost(Duration.ofSeconds(20))
                  .pollInterval(Duration.ofMillis(20))
                  .until(
                      () -> {
                        var now =
                            service.get("/api/job-status/phases").json().get("status").asText();
                        if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                          seen.add(now);
                        }
                        return now.equals("Completed");
                      });
              seen.remove("Unknown");
              assertThat(seen).containsExactly("Queued", "InProgress", "Completed");
            }),
        test(
            "names that are no ids",
            () -> {
              for (var name :
                  List.of("a%2Fb", "a%5Cb", "a%23b", "a%3Fb", "a%01b", "x".repeat(253))) {
                var answer = service.get("/api/job-start/" + name);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(fields(answer)).containsExactly("Message");
              }
              assertThat(service.get("/api/job-start/" + "x".repeat(252)).status()).isEqualTo(202);
            }));
  }

  @TestFactory
  Stream<DynamicTest> readingOne() {
    return Stream.of(
        test(
            "19, 20, 21, 22, 23: from the start to the end",
            () -> {
              service.get("/api/job-start/life");
              var url = INSTANCES + "/job-life?showInput=true&foo=%20x";
              var first = service.get(url);
              assertThat(first.status()).isEqualTo(202);
              assertThat(fields(first))
                  .containsExactly(
                      "name",
                      "instanceId",
                      "runtimeStatus",
                      "input",
                      "customStatus",
                      "output",
                      "createdTime",
                      "lastUpdatedTime");
              assertThat(first.json().get("createdTime").asText())
                  .matches("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$");
              var queued = awaitCustomStatus("job-life", "Queued");
              assertThat(queued.json().get("runtimeStatus").asText()).isEqualTo("Running");
              assertThat(queued.json().get("output").isNull()).isTrue();
              var answer = service.get(url);
              assertThat(answer.header("Location")).hasValue(service.url() + url);
              assertThat(answer.header("Retry-After")).hasValue("5");
              assertThat(answer.header("Content-Type")).hasValue("application/json; charset=utf-8");
              assertThat(awaitCustomStatus("job-life", "InProgress").status()).isEqualTo(202);
              var end = awaitStatus("job-life", "Completed");
              assertThat(end.status()).isEqualTo(200);
              assertThat(end.json().get("customStatus").asText()).isEqualTo("Completed");
              assertThat(end.json().get("output").toString()).isEqualTo("[]");
              assertThat(end.json().get("name").asText()).isEqualTo("AsyncJobOrchestrator");
              assertThat(end.header("Location")).isEmpty();
              assertThat(end.header("Retry-After")).isEmpty();
              assertThat(end.json().get("createdTime")).isEqualTo(first.json().get("createdTime"));
            }),
        test("24: unknown", () -> assertEmpty(service.get(INSTANCES + "/unknown"), 404)),
        test(
            "25, 33: without input; parameters that mean nothing here",
            () -> {
              started("quiet", LONG);
              assertThat(status("quiet?showInput=false").json().get("input").isNull()).isTrue();
              assertThat(status("quiet?SHOWINPUT=False").json().get("input").isNull()).isTrue();
              assertThat(status("quiet?showInput=no").json().get("input").isObject()).isTrue();
              var plain = awaitCustomStatus("quiet", "Queued");
              assertThat(status("quiet?taskHub=x&connection=y&code=z&foo=1").body())
                  .isEqualTo(plain.body());
            }),
        test(
            "27: history of a completed instance",
            () -> {
              started("past", SHORT);
              awaitStatus("past", "Completed");
              var history = status("past?showHistory=TRUE").json().get("historyEvents");
              assertThat(history.findValuesAsText("EventType"))
                  .containsExactly(
                      "ExecutionStarted",
                      "TimerCreated",
                      "TimerFired",
                      "TimerCreated",
                      "TimerFired",
                      "ExecutionCompleted");
              assertThat(history.findValue("Result")).isNull();
              assertThat(history.findValue("EventId")).isNull();
              assertThat(
                      status("past?showHistory=true&showHistoryOutput=true")
                          .json()
                          .at("/historyEvents/5/Result")
                          .toString())
                  .isEqualTo("[]");
            }),
        test(
            "30: history while Queued",
            () -> {
              started("present", LONG);
              awaitCustomStatus("present", "Queued");
              var history = status("present?showHistory=true").json().get("historyEvents");
              assertThat(history.findValuesAsText("EventType"))
                  .containsExactly("ExecutionStarted", "TimerCreated");
              assertThat(
                      Duration.between(
                          Instant.parse(history.at("/1/Timestamp").asText()),
                          Instant.parse(history.at("/1/FireAt").asText())))
                  .isEqualTo(Duration.ofSeconds(60));
            }),
        test(
            "31: Failed",
            () -> {
              apply(
                  "failing",
                  "{queuedDuration: 0s, inProgressDuration: 0s,"
                      + " outcome: {failurePercent: 100, message: no capacity}}");
              var failed = awaitStatus("failing", "Failed");
              assertThat(failed.status()).isEqualTo(200);
              assertThat(failed.json().get("output").asText()).isEqualTo("no capacity");
              var asError = status("failing?returnInternalServerErrorOnFailure=true");
              assertThat(asError.status()).isEqualTo(500);
              assertThat(asError.body()).isEqualTo(failed.body());
            }),
        test(
            "35: verbs that do not exist",
            () -> {
              for (var verb : List.of("PUT", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW")) {
                assertThat(service.send(verb, INSTANCES + "/job-a", "").status()).isEqualTo(404);
              }
              var upgrade = service.get(INSTANCES, "Sec-WebSocket-Version", "13");
              assertEmpty(upgrade, 404);
              assertThat(upgrade.header("Set-Cookie")).isEmpty();
            }),
        test(
            "84: what is not there",
            () -> {
              assertEmpty(service.get(BASE + "/entities/counter/1"), 404);
              assertEmpty(service.get(BASE + "/nothing"), 404);
              assertEmpty(service.post(INSTANCES + "/job-a/raiseEvent", "{}"), 404);
            }),
        test(
            "literals in any case, extra slashes",
            () -> {
              started("loose", LONG);
              assertThat(service.get("/Runtime//webhooks/durableTask/Instances/loose/").status())
                  .isEqualTo(202);
              assertThat(service.get(INSTANCES + "/LOOSE").status()).isEqualTo(404);
            }),
        test(
            "a job made with kubectl, and one of HTTP seen by kubectl",
            () -> {
              apply(
                  "nightly", "{queuedDuration: 60s, inProgressDuration: 90s, thirdPartyJobId: t1}");
              var running = awaitCustomStatus("nightly", "Queued");
              assertThat(running.json().get("input").toString())
                  .isEqualTo(
                      "{\"ThirdPartyJobId\":\"t1\",\"QueuedDuration\":60,\"InProgressDuration\":90}");
              started("Day shift", LONG);
              assertThat(kubectl("get", "asyncjobs", "-o", "name")).contains("/day-shift--");
            }));
  }

  @TestFactory
  Stream<DynamicTest> many() {
    return Stream.of(
        test(
            "38, 39, 40, 45, 48: lists",
            () -> {
              try (var own = fresh()) {
                var none = own.get(INSTANCES);
                assertThat(none.status()).isEqualTo(200);
                assertThat(none.body()).isEqualTo("[]");
                assertThat(none.header("x-ms-continuation-token")).hasValue("");
                for (var id : List.of("job-a1", "job-b", "Job-a", "job-a2")) {
                  own.post(START + "/" + id, LONG);
                }
                var all = own.get(INSTANCES + "/");
                assertThat(all.json().findValuesAsText("instanceId"))
                    .containsExactly("Job-a", "job-a1", "job-a2", "job-b");
                assertThat(all.json().get(0).has("output")).isTrue();
                assertThat(all.json().get(0).has("historyEvents")).isFalse();
                assertThat(ids(own.get(INSTANCES + "?instanceIdPrefix=job-a")))
                    .containsExactly("job-a1", "job-a2");
                var first = own.get(INSTANCES + "?top=3");
                assertThat(ids(first)).hasSize(3);
                var token = first.header("x-ms-continuation-token").orElseThrow();
                assertThat(token).isNotEmpty();
                var last = own.get(INSTANCES + "?top=3", "x-ms-continuation-token", token);
                assertThat(ids(last)).containsExactly("job-b");
                assertThat(last.header("x-ms-continuation-token")).hasValue("");
                assertThat(own.get(INSTANCES + "?showInput=false").json().findValues("input"))
                    .allMatch(input -> input.isNull());
                assertThat(ids(own.get(INSTANCES + "?runtimeStatus=Completed,Failed"))).isEmpty();
                assertThat(ids(own.get(INSTANCES + "?runtimeStatus=completed"))).hasSize(4);
                assertThat(ids(own.get(INSTANCES + "?createdTimeTo=2020-01-01"))).isEmpty();
                assertThat(ids(own.get(INSTANCES + "?createdTimeFrom=2020-01-01T00:00:00+00:00")))
                    .hasSize(4);
                var bad = own.get(INSTANCES, "x-ms-continuation-token", "no token");
                assertThat(bad.status()).isEqualTo(400);
                assertThat(fields(bad)).containsExactly("Message");
              }
            }),
        test(
            "49: purge a completed instance, twice",
            () -> {
              started("over", SHORT);
              awaitStatus("over", "Completed");
              var answer = service.delete(INSTANCES + "/over");
              assertThat(answer.status()).isEqualTo(200);
              assertThat(answer.body()).isEqualTo("{\"instancesDeleted\":1}");
              assertEmpty(service.delete(INSTANCES + "/over"), 404);
              assertEmpty(service.get(INSTANCES + "/over"), 404);
            }),
        test(
            "50: purge a running instance",
            () -> {
              started("busy", LONG);
              awaitCustomStatus("busy", "Queued");
              var answer = service.delete(INSTANCES + "/busy");
              assertThat(answer.status()).isEqualTo(412);
              assertThat(answer.json().asText())
                  .isEqualTo(
                      "Only orchestrations in a terminal state can be purged, but the orchestration"
                          + " with instance ID busy has status Running");
              assertThat(status("busy").status()).isEqualTo(202);
            }),
        test(
            "51, 52, 54, 55: purge many",
            () -> {
              try (var own = fresh()) {
                for (var query : List.of("", "?createdTimeFrom=soon", "?runtimeStatus=completed")) {
                  var missing = own.delete(INSTANCES + query);
                  assertThat(missing.status()).isEqualTo(400);
                  assertThat(missing.body())
                      .isEqualTo("\"Please provide value for 'createdTimeFrom' parameter.\"");
                }
                own.post(START + "/running", LONG);
                own.post(START + "/One?timeout=10&pollingInterval=0.1", SHORT);
                own.post(START + "/two?timeout=10&pollingInterval=0.1", SHORT);
                var from = INSTANCES + "?createdTimeFrom=2000-01-01";
                assertEmpty(own.delete(from + "&runtimeStatus=Running"), 404);
                var unknown = own.delete(from + "&runtimeStatus=completed");
                assertThat(unknown.status()).isEqualTo(400);
                assertThat(fields(unknown)).containsExactly("Message");
                assertEmpty(own.delete(INSTANCES + "?createdTimeFrom=2100-01-01"), 404);
                assertThat(own.delete(from).body()).isEqualTo("{\"instancesDeleted\":2}");
                assertEmpty(own.delete(from), 404);
                assertThat(ids(own.get(INSTANCES))).containsExactly("running");
              }
            }),
        test(
            "what is dated after now is purged only by a window that says so",
            () -> {
              try (var own = fresh()) {
                own.post(START + "/tomorrow?timeout=10&pollingInterval=0.1", SHORT);
                cluster
                    .kubectl()
                    .inNamespace(own.namespace())
                    .get(
                        "annotate",
                        "--overwrite",
                        "asyncjob",
                        "tomorrow",
                        "asyncjob.dev/request={\"time\":\"2100-01-01T00:00:00.500Z\",\"restartNonce\":0}");
                await().until(() -> own.get(INSTANCES + "/tomorrow").body().contains("2100"));
                var from = INSTANCES + "?createdTimeFrom=2100-01-01T00:00:00.5";
                assertEmpty(own.delete(from), 404);
                assertEmpty(own.delete(from + "&createdTimeTo=2100-01-01T00:00:00.49"), 404);
                assertThat(own.delete(from + "&createdTimeTo=2100-01-01T00:00:00.5Z").status())
                    .isEqualTo(200);
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> operations() {
    return Stream.of(
        test(
            "56: terminate",
            () -> {
              started("buggy", LONG);
              awaitCustomStatus("buggy", "Queued");
              assertEmpty(post("buggy/terminate?reason=buggy"), 202);
              var end = awaitStatus("buggy", "Terminated");
              assertThat(end.status()).isEqualTo(200);
              assertThat(end.json().get("output").toString()).isEqualTo("\"buggy\"");
              assertThat(end.json().get("customStatus").asText()).isEqualTo("Queued");
              var history = status("buggy?showHistory=true").json().get("historyEvents");
              assertThat(history.findValuesAsText("EventType"))
                  .containsExactly(
                      "ExecutionStarted",
                      "TimerCreated",
                      "ExecutionTerminated",
                      "ExecutionCompleted");
            }),
        test(
            "reasons that are JSON, empty, absent, and long",
            () -> {
              assertTerminationOutput("?reason=123", "123");
              assertTerminationOutput("?reason=%7B%22a%22:1%7D", "{\"a\":1}");
              assertTerminationOutput("?reason=true", "true");
              assertTerminationOutput("?reason=", "\"\"");
              assertTerminationOutput("", "null");
              assertTerminationOutput("?reason={text}", "\"{text}\"");
              assertTerminationOutput("?reason=1e99999999999", "\"1e99999999999\"");
              assertTerminationOutput("?reason=a%00b", "\"a\\u0000b\"");
              var text = "ä".repeat(1500);
              assertTerminationOutput("?reason=" + encoded(text), "\"" + text + "\"");
            }),
        test(
            "58: terminate unknown, completed",
            () -> {
              assertEmpty(post("unknown/terminate"), 404);
              completed("done58");
              assertEmpty(post("done58/terminate"), 410);
            }),
        test(
            "60, 62: suspend, and resume after the timer has run out",
            () -> {
              started("held", "{\"QueuedDuration\":1,\"InProgressDuration\":60}");
              awaitCustomStatus("held", "Queued");
              assertEmpty(post("held/suspend?reason=x"), 202);
              awaitStatus("held", "Suspended");
              var twice = post("held/suspend");
              assertThat(twice.status()).isEqualTo(409);
              assertThat(twice.body())
                  .isEqualTo(
                      "{\"Message\":\"Cannot suspend the orchestration instance held because"
                          + " instance is in the Suspended state.\"}");
              started("held-not", "{\"QueuedDuration\":1,\"InProgressDuration\":60}");
              awaitCustomStatus("held-not", "InProgress"); // And it began later.
              var still = status("held");
              assertThat(still.status()).isEqualTo(202);
              assertThat(still.json().get("customStatus").asText()).isEqualTo("Queued");
              assertEmpty(post("held/resume"), 202);
              awaitCustomStatus("held", "InProgress");
              var resumed = post("held/resume");
              assertThat(resumed.status()).isEqualTo(409);
              assertThat(resumed.json().get("Message").asText())
                  .contains("Cannot resume", "held", "in the Running state");
            }),
        test(
            "63: suspend and resume, completed, unknown",
            () -> {
              completed("done63");
              assertEmpty(post("done63/suspend"), 410);
              assertEmpty(post("done63/resume"), 410);
              assertEmpty(post("unknown/suspend"), 404);
              assertEmpty(post("unknown/resume"), 404);
            }),
        test(
            "64, 65: raise events",
            () -> {
              started("ears", LONG);
              completed("done64");
              var type = new String[] {"Content-Type", "application/json; charset=utf-8"};
              assertEmpty(service.post(INSTANCES + "/ears/raiseEvent/x", "{}", type), 202);
              assertEmpty(service.post(INSTANCES + "/unknown/raiseEvent/x", "{}", type), 404);
              assertEmpty(service.post(INSTANCES + "/done64/raiseEvent/x", "{}", type), 410);
              var text =
                  service.post(
                      INSTANCES + "/ears/raiseEvent/x", "{}", "Content-Type", "text/plain");
              assertThat(text.status()).isEqualTo(400);
              assertThat(text.body())
                  .isEqualTo(
                      "{\"Message\":\"Only application/json request content is supported\"}");
              for (var body : List.of("{bad", "", "{} {}")) {
                var bad = service.post(INSTANCES + "/ears/raiseEvent/x", body, type);
                assertThat(bad.status()).isEqualTo(400);
                assertThat(bad.json().get("Message").asText()).isEqualTo("Invalid JSON content");
              }
            }),
        test(
            "82: rewind",
            () -> {
              completed("done82");
              started("going82", LONG);
              assertThat(post("done82/rewind").status()).isEqualTo(412);
              assertThat(post("done82/rewind").json().asText())
                  .isEqualTo(
                      "This orchestration has status Completed, but only orchestrations in the"
                          + " \"Failed\" state can be rewound.");
              assertThat(post("going82/rewind").status()).isEqualTo(412);
              assertThat(post("unknown/rewind").status()).isEqualTo(404);
              assertThat(post("unknown/rewind").json().asText())
                  .isEqualTo("No orchestration with instance ID \"$unknown\" found.");
              apply(
                  "failed82",
                  "{queuedDuration: 0s, inProgressDuration: 0s, outcome: {failurePercent: 100}}");
              awaitStatus("failed82", "Failed");
              assertEmpty(post("failed82/rewind?reason=again"), 202);
              awaitStatus("failed82", "Failed");
              assertThat(attempts("failed82")).isEqualTo("2");
            }));
  }

  @TestFactory
  Stream<DynamicTest> starts() {
    return Stream.of(
        test(
            "67: start with an id",
            () -> {
              var answer = service.post(START + "/x1?taskHub=Old%20Hub", LONG);
              assertThat(answer.status()).isEqualTo(202);
              assertThat(answer.header("Content-Type")).hasValue("application/json; charset=utf-8");
              assertThat(answer.header("Retry-After")).hasValue("10");
              assertThat(fields(answer))
                  .containsExactly(
                      "id",
                      "statusQueryGetUri",
                      "sendEventPostUri",
                      "terminatePostUri",
                      "purgeHistoryDeleteUri",
                      "restartPostUri",
                      "suspendPostUri",
                      "resumePostUri");
              assertThat(answer.json().get("id").asText()).isEqualTo("x1");
              assertThat(answer.json().get("statusQueryGetUri").asText())
                  .isEqualTo(service.url() + INSTANCES + "/x1?taskHub=Old+Hub&connection=Storage");
              assertThat(answer.header("Location"))
                  .hasValue(answer.json().get("statusQueryGetUri").asText());
              assertThat(service.get(answer.header("Location").orElseThrow()).status())
                  .isEqualTo(202);
              assertThat(
                      service
                          .post(START + "/x2?returnInternalServerErrorOnFailure=true", "")
                          .header("Location")
                          .orElseThrow())
                  .endsWith("&returnInternalServerErrorOnFailure=true");
            }),
        test(
            "68: start without an id",
            () ->
                assertThat(service.post(START, LONG).json().get("id").asText())
                    .matches("[0-9a-f]{32}")),
        test(
            "70: another function",
            () -> {
              for (var function : List.of("Nope", "JobStatusOrchestrator")) {
                var answer = service.post(BASE + "/orchestrators/" + function, "{}");
                assertThat(answer.status()).isEqualTo(400);
                assertThat(fields(answer))
                    .containsExactly("Message", "ExceptionMessage", "ExceptionType", "StackTrace");
                assertThat(answer.json().get("Message").asText())
                    .isEqualTo("One or more of the arguments submitted is incorrect");
                assertThat(answer.json().get("ExceptionMessage").asText())
                    .startsWith("The function '" + function + "' doesn't exist");
              }
            }),
        test(
            "71: an id that is there",
            () -> {
              started("taken", SHORT);
              var taken = service.post(START + "/taken", LONG);
              assertThat(taken.status()).isEqualTo(409);
              assertThat(fields(taken)).containsExactly("Message");
              awaitStatus("taken", "Completed");
              assertThat(service.post(START + "/taken", LONG).status()).isEqualTo(202);
              assertThat(status("taken").json().get("input").toString()).isEqualTo(LONG);
              assertThat(awaitCustomStatus("taken", "Queued").json().get("input").toString())
                  .isEqualTo(LONG);
            }),
        test(
            "73: GET of a start",
            () -> {
              assertEmpty(service.get(START), 404);
              assertEmpty(service.delete(START + "/x"), 404);
            }),
        test(
            "74: start and wait",
            () -> {
              var answer = service.post(START + "/waited?timeout=10&pollingInterval=0.5", SHORT);
              assertThat(answer.status()).isEqualTo(200);
              assertThat(answer.body()).isEqualTo("[]");
              assertThat(answer.header("Location")).isEmpty();
            }),
        test(
            "76: one of the two parameters; time over; pollingInterval > timeout",
            () -> {
              assertThat(service.post(START + "?timeout=10", LONG).status()).isEqualTo(202);
              assertThat(service.post(START + "?timeout=0.3&pollingInterval=0.1", LONG).status())
                  .isEqualTo(202);
              var refused = service.post(START + "/never?timeout=1&pollingInterval=2", LONG);
              assertThat(refused.status()).isEqualTo(400);
              assertEmpty(service.get(INSTANCES + "/never"), 404);
            }),
        test(
            "78: restart",
            () -> {
              started("again78", SHORT);
              awaitStatus("again78", "Completed");
              var answer = post("again78/restart");
              assertThat(answer.status()).isEqualTo(202);
              var id = answer.json().get("id").asText();
              assertThat(id).matches("[0-9a-f]{32}");
              assertThat(status(id).json().get("input").toString()).isEqualTo(SHORT);
            }),
        test(
            "79: restart with the same id",
            () -> {
              started("again79", "{\"ThirdPartyJobId\":\"t\",\"QueuedDuration\":0.5}");
              var first = awaitStatus("again79", "Completed");
              var answer = post("again79/restart?restartWithNewInstanceId=false");
              assertThat(answer.status()).isEqualTo(202);
              assertThat(answer.json().get("id").asText()).isEqualTo("again79");
              var second = status("again79");
              assertThat(created(second)).isAfter(created(first));
              assertThat(second.json().get("input")).isEqualTo(first.json().get("input"));
              var running = post("again79/restart?restartWithNewInstanceId=false");
              assertThat(running.status()).isEqualTo(409);
              assertThat(running.json().get("Message").asText())
                  .isEqualTo("A non-terminal instance with this instance ID already exists.");
            }),
        test(
            "80: restart of an unknown instance",
            () -> {
              var answer = post("unknown/restart");
              assertThat(answer.status()).isEqualTo(400);
              assertThat(fields(answer)).hasSize(4);
              for (var field : List.of("Message", "ExceptionMessage")) {
                assertThat(answer.json().get(field).asText())
                    .isEqualTo("InstanceId does not match a valid orchestration instance.");
              }
            }),
        test(
            "inputs",
            () -> {
              for (var good :
                  List.of(
                      "",
                      "null",
                      "{}",
                      " {\"QueuedDuration\":1.50} ",
                      // As the SDKs for JavaScript and Python send nothing, and an object.
                      "\"\"",
                      "\"{\\\"QueuedDuration\\\":1.50}\"")) {
                var answer = service.post(START, good);
                assertThat(answer.status()).isEqualTo(202);
                var input = status(answer.json().get("id").asText()).body();
                assertThat(input)
                    .contains("\"input\":" + (good.isEmpty() ? "null" : good.strip()) + ",");
              }
              for (var bad :
                  List.of(
                      "{bad",
                      "{} x",
                      "[]",
                      "5",
                      "\"x\"",
                      "\"[]\"",
                      "\"\\\"{}\\\"\"",
                      "{\"QueuedDuration\":\"2\"}",
                      "{\"InProgressDuration\":true}",
                      "{\"ThirdPartyJobId\":5}",
                      "{\"ThirdPartyJobId\":\"\"}",
                      "{\"ThirdPartyJobId\":\"a\\nb\"}",
                      "{\"ThirdPartyJobId\":\"\\ud800\"}",
                      "{\"Other\":1}",
                      "{\"QueuedDuration\":1e99999999999}",
                      "{\"QueuedDuration\":NaN}",
                      "[".repeat(30_000))) {
                var answer = service.post(START + "/bad-input", bad);
                assertThat(answer.status()).as(bad).isEqualTo(400);
                assertThat(fields(answer)).hasSize(4);
              }
              assertEmpty(service.get(INSTANCES + "/bad-input"), 404);
            }),
        test(
            "ids that are none",
            () -> {
              for (var id :
                  List.of("@x", "a%2Fb", "a%5Cb", "a%09b", "y".repeat(257), "%2E", "%2e%2E")) {
                var answer = service.post(START + "/" + id, LONG);
                assertThat(answer.status()).as(id).isEqualTo(400);
                assertThat(fields(answer)).hasSize(4);
              }
            }),
        test(
            "bodies that break off",
            () -> {
              for (var rest :
                  List.of(
                      "Content-Length: 9\r\n\r\n{}",
                      "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                      "Transfer-Encoding: chunked\r\n\r\n9\r\n{}")) {
                assertThat(raw("POST " + START + "/broken HTTP/1.1\r\nHost: x\r\n" + rest))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Connection: close", "{\"Message\":");
              }
              assertEmpty(service.get(INSTANCES + "/broken"), 404);
            }),
        test(
            "a refusal by the API server's rules does not tell where that is",
            () -> {
              apply(
                  "last-nonce",
                  "{queuedDuration: 0s, inProgressDuration: 0s, restartNonce: 9223372036854775807}");
              awaitStatus("last-nonce", "Completed");
              var refused = service.post(START + "/last-nonce", LONG);
              assertThat(refused.status()).isEqualTo(409);
              assertThat(refused.body()).contains("restartNonce").doesNotContain("https://");
            }),
        test(
            "86: a client that only knows 202 and Location",
            () -> {
              var start = service.get("/api/job-start/generic");
              assertThat(start.status()).isEqualTo(202);
              var location = start.header("Location").orElseThrow();
              var answer =
                  await()
                      .atMost(Duration.ofSeconds(20))
                      .until(() -> service.get(location), polled -> polled.status() != 202);
              assertThat(answer.status()).isEqualTo(200);
              assertThat(answer.json().get("customStatus").asText()).isEqualTo("Completed");
            }));
  }

  @TestFactory
  Stream<DynamicTest> keys(@TempDir Path folder) throws Exception {
    var file = folder.resolve("keys");
    Files.writeString(file, "first key\nsecond\n");
    return Stream.of(
        test(
            "18, 34: keys",
            () -> {
              try (var own =
                  Service.start(
                      cluster,
                      cluster.newNamespace("keys").name(),
                      PHASE,
                      settings -> withAuth(settings, new HttpAuth.Key(file)))) {
                var start = own.get("/api/job-start/a");
                assertThat(start.status()).isEqualTo(202);
                assertThat(own.get("/api/job-status/a").status()).isEqualTo(200);
                var location = start.header("Location").orElseThrow();
                assertThat(location).endsWith("?code=first+key");
                assertThat(own.get(location).status()).isEqualTo(202);
                var instance = INSTANCES + "/job-a";
                var refused = own.get(instance);
                assertEmpty(refused, 401);
                assertThat(refused.header("WWW-Authenticate")).isPresent();
                assertEmpty(own.get(INSTANCES + "/unknown"), 401);
                assertEmpty(own.get(instance + "?code=wrong"), 401);
                assertThat(own.get(instance + "?code=second").status()).isEqualTo(202);
                assertThat(own.get(instance, "x-functions-key", "second").status()).isEqualTo(202);
                assertThat(own.post(START + "?code=second", LONG).header("Location").orElseThrow())
                    .endsWith("&code=second");
                Files.writeString(file, "third\n");
                assertEmpty(own.get(instance + "?code=second"), 401);
                assertThat(own.get(instance + "?code=third").status()).isEqualTo(202);
                Files.delete(file);
                assertEmpty(own.get(instance + "?code=third"), 401);
              }
            }));
  }

  private static HttpSettings withAuth(HttpSettings settings, HttpAuth auth) {
    return new HttpSettings(
        settings.address(),
        auth,
        settings.namespace(),
        settings.taskHubs(),
        settings.externalUrl(),
        settings.trustForwarded(),
        settings.durations());
  }

  private static DynamicTest test(String name, Executable test) {
    return dynamicTest(name, test);
  }

  private Service fresh() {
    return Service.start(
        cluster, cluster.newNamespace("http" + namespaces.incrementAndGet()).name(), PHASE);
  }

  private void started(String id, String input) {
    assertThat(service.post(START + "/" + encoded(id), input).status()).isEqualTo(202);
  }

  private void completed(String id) {
    started(id, SHORT);
    awaitStatus(id, "Completed");
  }

  private Answer status(String idAndQuery) {
    return service.get(INSTANCES + "/" + idAndQuery);
  }

  private Answer post(String operation) {
    return service.post(INSTANCES + "/" + operation, "");
  }

  private Answer awaitStatus(String id, String status) {
    return awaitValue(id, "runtimeStatus", status);
  }

  private Answer awaitCustomStatus(String id, String status) {
    return awaitValue(id, "customStatus", status);
  }

  private Answer awaitValue(String id, String field, String value) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> status(id), answer -> answer.json().path(field).asText().equals(value));
  }

  private void assertTerminationOutput(String query, String output) {
    var id = service.post(START, LONG).json().get("id").asText();
    assertEmpty(post(id + "/terminate" + query.replace("{", "%7B").replace("}", "%7D")), 202);
    assertThat(awaitStatus(id, "Terminated").body()).contains("\"output\":" + output + ",");
  }

  /** What is answered to a client that sends this and no more. */
  private String raw(String request) throws IOException {
    var port = URI.create(service.url()).getPort();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertEmpty(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Content-Type")).isEmpty();
    assertThat(answer.header("Content-Length")).hasValue("0");
  }

  private static List<String> fields(Answer answer) {
    var names = new ArrayList<String>();
    answer.json().fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> ids(Answer list) {
    return list.json().findValuesAsText("instanceId");
  }

  private static Instant created(Answer status) {
    return Instant.parse(status.json().get("createdTime").asText());
  }

  private String attempts(String name) {
    return kubectl("get", "asyncjob", name, "-o", "jsonpath={.status.attempt}");
  }

  private void apply(String name, String spec) {
    cluster
        .kubectl()
        .inNamespace(namespace())
        .apply(
            """
            apiVersion: asyncjob.dev/v1
            kind: AsyncJob
            metadata: {name: %s}
            spec: %s
            """
                .formatted(name, spec));
  }

  private String kubectl(String... arguments) {
    return cluster.kubectl().inNamespace(namespace()).get(arguments);
  }

  private String namespace() {
    return service.namespace();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
