package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.Kubectl;
import dev.asyncjob.resource.ConditionType;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class OutcomeIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT = 16 * 1024;

  @Flow
  void aFailureSaysItsReasonAndMessage(Jobs jobs) {
    jobs.apply(
        "x",
        "{queuedDuration: 0s, inProgressDuration: 0s, outcome: {failurePercent: 100, reason:"
            + " QuotaExceeded, message: no capacity left, output: {rows: 42}}}");

    var failed = jobs.await("x", "Failed/Failed").status();

    assertThat(failed.message()).isEqualTo("no capacity left");
    assertThat(failed.output()).isNull();
    for (var type :
        new ConditionType[] {ConditionType.Finished, ConditionType.Failed, ConditionType.Stalled}) {
      var condition = failed.condition(type).orElseThrow();
      assertThat(condition.isTrue()).isTrue();
      assertThat(condition.reason()).isEqualTo("QuotaExceeded");
      assertThat(condition.message()).isEqualTo("no capacity left");
    }
    assertThat(failed.condition(ConditionType.Complete)).isEmpty();
    assertThat(failed.isTrue(ConditionType.Started)).isTrue();
  }

  @Flow
  void aFailureWithoutAReasonIsNamedFailed(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s, outcome: {failurePercent: 100}}");

    var failed = jobs.await("x", "Failed/Failed").status();

    assertThat(failed.condition(ConditionType.Failed).orElseThrow().reason()).isEqualTo("Failed");
  }

  @Flow
  void outputComesBackUnchanged(Jobs jobs) throws Exception {
    var output =
        """
        {"rows": 42, "big": 9007199254740993, "pi": 3.141592653589793, "tiny": 1.5e-300,
         "text": "a\\"\\u00e9\\u0001\\ud83d\\ude00", "list": [[], {}, [null, true, false]],
         "empty": "", "none": null, "": 0, "a.b/c~d": {"x": {"y": [1, 2.5, -3]}}}
        """;
    create(jobs.kubectl(), "x", output);

    jobs.await("x", "Completed/Completed");

    assertThat(status(jobs, "x", "output")).isEqualTo(JSON.readTree(output));
  }

  @Flow
  void outputMayBeAnyJson(Jobs jobs) throws Exception {
    for (var output : new String[] {"false", "0", "\"\"", "[]", "{}", "\"text\"", "-1.5"}) {
      var name = "x" + Integer.toHexString(output.hashCode());
      create(jobs.kubectl(), name, output);

      jobs.await(name, "Completed/Completed");

      assertThat(status(jobs, name, "output")).as(output).isEqualTo(JSON.readTree(output));
    }
  }

  @Flow
  void outputOf16KiBPasses(Jobs jobs) throws Exception {
    var output = "\"" + "é".repeat((LIMIT - 2) / 2) + "\"";
    create(jobs.kubectl(), "x", output);

    jobs.await("x", "Completed/Completed");

    assertThat(status(jobs, "x", "output")).isEqualTo(JSON.readTree(output));
  }

  @Flow
  void oneByteMoreFailsAndNeverStarts(Jobs jobs) throws Exception {
    create(jobs.kubectl(), "x", "\"" + "x".repeat(LIMIT - 1) + "\"");

    assertTooLarge(jobs, "is 16385");
  }

  @Flow
  void outputOf17KiBFailsAndNeverStarts(Jobs jobs) throws Exception {
    create(jobs.kubectl(), "x", "[" + "1234567,".repeat(17 * 128 - 1) + "1234567]");

    assertTooLarge(jobs, "is 17409");
  }

  @Flow
  void outputThatGrowsTooLargeOnTheWayFailsAtTheEnd(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 600s}");
    jobs.await("x", "InProgress/Running");
    var output = "\"" + "x".repeat(LIMIT) + "\"";

    jobs.edit("x", "{\"outcome\": {\"output\": " + output + "}, \"inProgressDuration\": \"1ms\"}");

    var failed = jobs.await("x", "Failed/Failed").status();
    assertThat(failed.condition(ConditionType.Failed).orElseThrow().reason())
        .isEqualTo("OutputTooLarge");
    assertThat(failed.output()).isNull();
  }

  /** Without a recorder: the client of the tests does not read what is so deep. */
  @Flow
  void deepOutputHarmsNobody(Cluster cluster) {
    var kubectl = cluster.newNamespace("deep").kubectl();
    create(kubectl, "arrays", "[".repeat(8000) + "]".repeat(8000));
    create(kubectl, "objects", "{\"a\":".repeat(2000) + "1" + "}".repeat(2000));
    create(kubectl, "toolarge", "[".repeat(9000) + "]".repeat(9000));

    for (var name : new String[] {"arrays", "objects", "toolarge"}) {
      kubectl.get("wait", "aj/" + name, "--for=condition=Finished", "--timeout=20s");
    }
    assertThat(kubectl.get("get", "aj", "-o", "custom-columns=:.status.customStatus").lines())
        .filteredOn(line -> !line.isBlank())
        .containsExactly("Completed", "Completed", "Failed");
  }

  private static void assertTooLarge(Jobs jobs, String size) {
    var failed = jobs.await("x", "Failed/Failed").status();
    assertThat(failed.condition(ConditionType.Failed).orElseThrow().reason())
        .isEqualTo("OutputTooLarge");
    assertThat(failed.message()).contains("must be at most 16384 bytes").contains(size);
    assertThat(failed.condition(ConditionType.Started)).isEmpty();
    assertThat(failed.phases()).allSatisfy(phase -> assertThat(phase.startTime()).isNull());
    assertThat(jobs.states("x")).containsExactly("-/-", "Failed/Failed");
  }

  /** By create: apply would drop null keys, and keep a copy in an annotation. */
  private static void create(Kubectl kubectl, String name, String output) {
    var spec =
        "{\"queuedDuration\":\"0s\",\"inProgressDuration\":\"0s\",\"outcome\":{\"output\":"
            + output
            + "}}";
    var result = kubectl.runWithInput(Jobs.json(name, spec), "create", "-f", "-");
    assertThat(result.stderr()).isEmpty();
  }

  private static JsonNode status(Jobs jobs, String name, String field) throws Exception {
    return JSON.readTree(jobs.kubectl().get("get", "aj", name, "-o", "json"))
        .at("/status/" + field);
  }
}
