package dev.asyncjob.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs as the API server delivers them, also those that were stored under another definition. */
class AsyncJobReadingTest {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static AsyncJob read(String parts) {
    return SERIALIZATION.unmarshal(
        """
        {"apiVersion":"asyncjob.dev/v1","kind":"AsyncJob","metadata":{"name":"gb4711","generation":3}%s}
        """
            .formatted(parts),
        AsyncJob.class);
  }

  private static AsyncJob withSpec(String spec) {
    return read(",\"spec\":" + spec);
  }

  private static AsyncJob withStatus(String status) {
    return read(",\"spec\":{},\"status\":" + status);
  }

  @Test
  void everyFieldOfASpecIsRead() {
    var job =
        withSpec(
            """
            {"queuedDuration":"20s","inProgressDuration":"1m30s","thirdPartyJobId":"x",
             "notBeforeTime":"2026-12-01T08:00:00Z","jitterPercent":10,
             "outcome":{"failurePercent":5,"reason":"Quota","message":"none","output":{"rows":42}},
             "suspend":true,"suspendPolicy":"Continue","termination":{"reason":"enough"},
             "restartNonce":4,"ttlSecondsAfterFinished":3600}
            """);
    assertThat(job.specProblem()).isEmpty();
    assertThat(job.getSpec())
        .isEqualTo(
            new AsyncJobSpec(
                Duration.ofSeconds(20),
                Duration.ofSeconds(90),
                "x",
                Instant.parse("2026-12-01T08:00:00Z"),
                10,
                new Outcome(5, "Quota", "none", new Json("{\"rows\":42}")),
                true,
                SuspendPolicy.Continue,
                new Termination("enough"),
                4L,
                3600));
  }

  @Test
  void aStatusIsReadAsItWasWritten() {
    var status =
        new AsyncJobStatus.Builder()
            .observedGeneration(3L)
            .runtimeStatus(RuntimeStatus.Suspended)
            .customStatus(CustomStatus.InProgress)
            .thirdPartyJobId("x")
            .attempt(2)
            .restartNonce(1L)
            .createdTime(Instant.parse("2026-11-24T10:00:00.001Z"))
            .lastUpdatedTime(Instant.parse("2026-11-24T10:00:00.010Z"))
            .completionTime(Instant.parse("2026-11-24T10:00:00.100Z"))
            .nextTransitionTime(Instant.parse("2026-11-24T10:00:01Z"))
            .remainingDuration(Duration.ofMillis(12_500))
            .phases(
                Phase.planned(PhaseName.Queued, Duration.ofSeconds(20))
                    .startedAt(Instant.parse("2026-11-24T10:00:00Z"))
                    .endedAt(Instant.parse("2026-11-24T10:00:20Z"))
                    .frozenFor(Duration.ofSeconds(3)),
                Phase.planned(PhaseName.InProgress, Duration.ofSeconds(30)))
            .output(new Json("[1]"))
            .message("none")
            .conditions(
                List.of(
                    new Condition(
                        ConditionType.Suspended,
                        ConditionStatus.True,
                        3L,
                        Instant.parse("2026-11-24T10:00:00.010Z"),
                        "Suspended",
                        "")))
            .build();
    var json = SERIALIZATION.asJson(Map.of("status", status));
    assertThat(json)
        .contains("\"lastUpdatedTime\":\"2026-11-24T10:00:00.010Z\"")
        .contains("\"nextTransitionTime\":\"2026-11-24T10:00:01.000Z\"")
        .contains("\"remainingDuration\":\"12s500ms\"");
    var job = read(",\"spec\":{}," + json.substring(1, json.length() - 1));
    assertThat(job.statusProblem()).isEmpty();
    assertThat(job.getStatus()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"spec\":{}", ",\"spec\":null", ",\"spec\":null,\"status\":null"})
  void anEmptyJobIsAJob(String parts) {
    var job = read(parts);
    assertThat(job.specProblem()).isEmpty();
    assertThat(job.statusProblem()).isEmpty();
  }

  @Test
  void theStatusDefaultOfTheDefinitionIsReadable() {
    var job = withStatus("{\"observedGeneration\":-1}");
    assertThat(job.statusProblem()).isEmpty();
    assertThat(job.getStatus())
        .isEqualTo(new AsyncJobStatus.Builder().observedGeneration(-1L).build());
  }

  @Test
  void unknownFieldsAreIgnored() {
    var job =
        read(
            """
            ,"more":1,"spec":{"colour":"red","outcome":{"colour":{}},"termination":{"colour":[]}},
            "status":{"colour":"red","attempt":1,
              "phases":[{"name":"Queued","duration":"1s","colour":"red"}],
              "conditions":[{"type":"Started","status":"True","reason":"Started","message":"",
                "lastTransitionTime":"2026-11-24T10:00:00Z","colour":"red"}]}
            """);
    assertThat(job.specProblem()).isEmpty();
    assertThat(job.statusProblem()).isEmpty();
    assertThat(job.getStatus().isTrue(ConditionType.Started)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{\"queuedDuration\":20}|spec.queuedDuration:",
        "{\"queuedDuration\":\"20\"}|spec.queuedDuration:",
        "{\"inProgressDuration\":{}}|spec.inProgressDuration:",
        "{\"inProgressDuration\":\"1.5d\"}|spec.inProgressDuration:",
        "{\"thirdPartyJobId\":4711}|spec.thirdPartyJobId:",
        "{\"thirdPartyJobId\":true}|spec.thirdPartyJobId:",
        "{\"notBeforeTime\":1795512000}|spec.notBeforeTime:",
        "{\"notBeforeTime\":\"tomorrow\"}|spec.notBeforeTime:",
        "{\"jitterPercent\":\"10\"}|spec.jitterPercent:",
        "{\"jitterPercent\":1.5}|spec.jitterPercent:",
        "{\"jitterPercent\":99999999999}|spec.jitterPercent:",
        "{\"outcome\":\"fail\"}|spec.outcome:",
        "{\"outcome\":[]}|spec.outcome:",
        "{\"outcome\":{\"failurePercent\":\"all\"}}|spec.outcome.failurePercent:",
        "{\"outcome\":{\"reason\":{}}}|spec.outcome.reason:",
        "{\"suspend\":\"false\"}|spec.suspend:",
        "{\"suspend\":0}|spec.suspend:",
        "{\"suspendPolicy\":\"Thaw\"}|spec.suspendPolicy:",
        "{\"suspendPolicy\":1}|spec.suspendPolicy:",
        "{\"suspendPolicy\":\"\"}|spec.suspendPolicy:",
        "{\"termination\":\"now\"}|spec.termination:",
        "{\"termination\":true}|spec.termination:",
        "{\"restartNonce\":\"1\"}|spec.restartNonce:",
        "{\"ttlSecondsAfterFinished\":\"1h\"}|spec.ttlSecondsAfterFinished:",
        "{\"ttlSecondsAfterFinished\":\"\"}|spec.ttlSecondsAfterFinished:",
        "[]|spec:",
        "\"text\"|spec:",
        "\"\"|spec:",
        "7|spec:"
      })
  void aWrongTypeIsAProblemOfTheSpecThatNamesTheField(String spec, String field) {
    var job = withSpec(spec);
    assertThat(job.specProblem()).hasValueSatisfying(text -> assertThat(text).startsWith(field));
    assertThat(job.statusProblem()).isEmpty();
    assertThat(job.getMetadata().getName()).isEqualTo("gb4711");
  }

  @Test
  void aRefusalSaysWhatMustBe() {
    assertThat(withSpec("{\"queuedDuration\":\"20\"}").specProblem().orElseThrow())
        .contains("must be a duration such as 1h30m, 20s or 500ms");
    assertThat(withSpec("{\"notBeforeTime\":\"tomorrow\"}").specProblem().orElseThrow())
        .contains("must be RFC 3339");
    assertThat(withSpec("{\"suspendPolicy\":\"Thaw\"}").specProblem().orElseThrow())
        .contains("Freeze", "Continue");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{\"runtimeStatus\":\"Sleeping\"}|status.runtimeStatus:",
        "{\"attempt\":\"first\"}|status.attempt:",
        "{\"createdTime\":\"yesterday\"}|status.createdTime:",
        "{\"phases\":{}}|status.phases:",
        "{\"phases\":[{\"name\":\"Queued\",\"duration\":7}]}|status.phases[0].duration:",
        "{\"phases\":[{\"name\":\"Queued\"}]}|status.phases[0]:",
        "{\"phases\":[{\"duration\":\"1s\"}]}|status.phases[0]:",
        "{\"phases\":[null]}|status:",
        "{\"conditions\":[{\"type\":\"Started\",\"status\":\"True\"}]}|status.conditions[0]:",
        "{\"conditions\":[{\"type\":\"Odd\"}]}|status.conditions[0].type:",
        "[]|status:",
        "5|status:"
      })
  void aStatusThatCannotBeReadIsAProblemOfTheStatus(String status, String field) {
    var job = withStatus(status);
    assertThat(job.statusProblem()).hasValueSatisfying(text -> assertThat(text).startsWith(field));
    assertThat(job.specProblem()).isEmpty();
  }

  @Test
  void oneUnreadableJobDoesNotMakeTheOthersUnreadable() {
    var list =
        SERIALIZATION.unmarshal(
            """
            {"apiVersion":"asyncjob.dev/v1","kind":"AsyncJobList","items":[
              {"metadata":{"name":"a"},"spec":{"queuedDuration":20}},
              {"metadata":{"name":"b"},"spec":{"queuedDuration":"20s"}}]}
            """,
            Jobs.class);
    assertThat(list.getItems())
        .extracting(job -> job.specProblem().isEmpty())
        .containsExactly(false, true);
  }

  private static final class Jobs extends DefaultKubernetesResourceList<AsyncJob> {}
}
