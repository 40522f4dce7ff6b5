package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.Kubectl;
import dev.asyncjob.cluster.OperatorProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The program on a cluster whose definition of the resource is not, or was not always, the one of
 * this project: a cluster apart, for the definition is everybody's.
 */
class DefinitionIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path DEFINITION = Path.of("crds/asyncjobs.asyncjob.dev-v1.yml");
  private static final String LOOSE =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: asyncjobs.asyncjob.dev}
      spec:
        group: asyncjob.dev
        names:
          {kind: AsyncJob, listKind: AsyncJobList, plural: asyncjobs, singular: asyncjob, shortNames: [aj]}
        scope: Namespaced
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
      """;

  private static final String SAYS =
      "{.status.runtimeStatus} {.status.conditions[?(@.type=='Stalled')].reason} {.status.message}";

  /** Specs that the program cannot read, by the name of the job. */
  private static final Map<String, String> UNREADABLE =
      Map.ofEntries(
          Map.entry("number-for-duration", "{\"queuedDuration\": 5}"),
          Map.entry("text-for-duration", "{\"inProgressDuration\": \"soon\"}"),
          Map.entry("object-for-duration", "{\"queuedDuration\": {\"seconds\": 5}}"),
          Map.entry("text-for-number", "{\"jitterPercent\": \"many\"}"),
          Map.entry("too-large-number", "{\"jitterPercent\": 99999999999}"),
          Map.entry("far-too-large-number", "{\"restartNonce\": 1e30}"),
          Map.entry("time-that-is-none", "{\"notBeforeTime\": \"2026-12-01T08:00:00+99:99\"}"),
          Map.entry("unknown-policy", "{\"suspendPolicy\": \"Sometimes\"}"),
          Map.entry("text-for-boolean", "{\"suspend\": \"perhaps\"}"),
          Map.entry("text-for-object", "{\"outcome\": \"fail\"}"),
          Map.entry("list-for-object", "{\"termination\": [1]}"),
          Map.entry("list-for-spec", "[]"),
          Map.entry("text-for-spec", "\"text\""));

  private static Cluster cluster;
  private static Kubectl kubectl;

  @BeforeAll
  static void start() {
    cluster = Cluster.start();
    kubectl = cluster.newNamespace("definition").kubectl();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void whenItIsMissingTheProgramSaysWhatToDo() throws Exception {
    kubectl.get("delete", "-f", DEFINITION.toString());
    try (var operator = cluster.startOperator(Map.of())) {
      assertThat(operator.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(operator.log().lines().toList())
          .last()
          .asString()
          .contains("does not serve asyncjobs asyncjob.dev/v1", "kubectl apply -f crds/")
          .endsWith("exit code 1");
    } finally {
      cluster.controlPlane().installCrd(DEFINITION);
    }
  }

  @Test
  void whatWasStoredUnderALooserOneHarmsOnlyItself() {
    replaceDefinition(LOOSE);
    awaitAccepted("{\"queuedDuration\": 5}");
    create(UNREADABLE);
    create("no-spec-known", "{\"unknown\": 1, \"outcome\": {\"unknown\": [2]}}");
    create("huge-numbers", "{\"outcome\": {\"output\": [1e300, 12345678901234567890]}}");
    create("deep", "{\"outcome\": {\"output\": " + "[".repeat(8000) + "]".repeat(8000) + "}}");
    create("deep-and-unknown", "{\"unknown\": " + "[".repeat(9000) + "]".repeat(9000) + "}");
    create("good", "{\"queuedDuration\": \"0s\"}");
    create("known-status", "{}", "{\"observedGeneration\": -1, \"unknown\": {\"a\": [1]}}");
    create("text-for-phases", "{}", "{\"attempt\": 1, \"phases\": \"x\"}");
    create("unknown-state", "{}", "{\"runtimeStatus\": \"Canceled\"}");
    create("text-for-status", "{}", "\"x\"");
    kubectl.runWithInput(
        "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: no-spec}}",
        "create",
        "-f",
        "-");
    replaceDefinition(null);
    awaitRefused("{\"queuedDuration\": 5}");

    try (var operator = cluster.startOperator(Map.of()).awaitReady()) {
      for (var name :
          List.of(
              "no-spec-known",
              "huge-numbers",
              "deep",
              "deep-and-unknown",
              "good",
              "known-status")) {
        kubectl.get("wait", "aj/" + name, "--for=condition=Complete", "--timeout=30s");
      }
      UNREADABLE.keySet().forEach(name -> assertSaysSo(operator, name));
      for (var name : List.of("text-for-phases", "unknown-state", "text-for-status")) {
        assertLogged(operator, name, "its status was not written by this program");
      }
      assertLogged(operator, "no-spec", "the API server refuses its status");
      Awaitility.await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(metrics(operator))
                      .contains("asyncjob_unreadable_jobs " + (UNREADABLE.size() + 3) + ".0"));
      for (var name :
          List.of(
              "number-for-duration", "text-for-object", "unknown-policy", "time-that-is-none")) {
        repair(name);
      }

      // The watch delivers each of them once more, and must not end of that.
      kubectl.get("delete", "aj", "--all");
      kubectl.apply(Jobs.manifest("last", "{queuedDuration: 0s, inProgressDuration: 0s}"));
      kubectl.get("wait", "aj/last", "--for=condition=Complete", "--timeout=30s");
      assertThat(operator.isAlive()).isTrue();
      assertThat(operator.log()).doesNotContain("ERROR", "\tat ");
    }
  }

  /** By its status; where the server refuses that one, by one line of the log. */
  private static void assertSaysSo(OperatorProcess operator, String name) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              if (warnings(operator, name).isEmpty()) {
                assertThat(status(name, SAYS)).startsWith("Pending SpecUnreadable spec");
              } else {
                assertLogged(operator, name, "the API server refuses its status");
              }
            });
  }

  private static void assertLogged(OperatorProcess operator, String name, String text) {
    assertThat(warnings(operator, name)).singleElement().asString().contains("stands still", text);
  }

  private static List<String> warnings(OperatorProcess operator, String name) {
    return operator
        .log()
        .lines()
        .filter(line -> line.contains(" WARN ") && line.contains("/" + name + " "))
        .toList();
  }

  private static void repair(String name) {
    var manifest = Jobs.json(name, "{\"queuedDuration\": \"0s\", \"inProgressDuration\": \"0s\"}");
    assertThat(kubectl.runWithInput(manifest, "replace", "-f", "-").stderr()).isEmpty();

    kubectl.get("wait", "aj/" + name, "--for=condition=Complete", "--timeout=30s");
    assertThat(status(name, "{.status.conditions[?(@.type=='Stalled')].status}")).isIn("", "False");
  }

  private static String metrics(OperatorProcess operator) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(operator.management().resolve("/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String status(String name, String path) {
    return kubectl.get("get", "aj", name, "-o=jsonpath=" + path);
  }

  private static void create(Map<String, String> specs) {
    var manifests =
        specs.entrySet().stream()
            .map(job -> Jobs.json(job.getKey(), job.getValue()))
            .collect(Collectors.joining("---\n"));
    assertThat(kubectl.runWithInput(manifests, "create", "-f", "-").stderr()).isEmpty();
  }

  private static void create(String name, String spec) {
    create(Map.of(name, spec));
  }

  private static void create(String name, String spec, String status) {
    create(name, spec);
    kubectl.get(
        "patch",
        "aj",
        name,
        "--subresource=status",
        "--type=merge",
        "--patch={\"status\":" + status + "}");
  }

  private static void replaceDefinition(String loose) {
    if (loose == null) {
      kubectl.get("replace", "-f", DEFINITION.toString());
    } else {
      assertThat(kubectl.runWithInput(loose, "replace", "-f", "-").stderr()).isEmpty();
    }
  }

  private static void awaitAccepted(String spec) {
    Awaitility.await().atMost(LIMIT).until(() -> dryRun(spec) == 0);
  }

  private static void awaitRefused(String spec) {
    Awaitility.await().atMost(LIMIT).until(() -> dryRun(spec) != 0);
  }

  private static int dryRun(String spec) {
    return kubectl
        .runWithInput(Jobs.json("tried", spec), "create", "--dry-run=server", "-f", "-")
        .exitCode();
  }
}
