package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.resource.AsyncJob;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackedJobTest {
  private static final String METADATA =
      """
      {"namespace":"ns","name":"gb4711","uid":"57f45461-2984-5385-9e42-105b36eaedbe",
       "resourceVersion":"4711","generation":3,"creationTimestamp":"2026-11-24T10:00:00Z",
       "deletionTimestamp":"2026-11-24T11:00:00Z",
       "annotations":{"asyncjob.dev/instance-id":"b","asyncjob.dev/request":"d \\u00e4"}}
      """;

  @Test
  void everyFieldComesBack() throws JsonProcessingException {
    assertSame(
        """
        {"metadata":%s,
         "spec":{"queuedDuration":"1h","inProgressDuration":"1s500ms","thirdPartyJobId":"A-1",
          "notBeforeTime":"2026-12-01T08:00:00.001Z","jitterPercent":10,"suspend":true,
          "outcome":{"failurePercent":1,"reason":"Full","message":"so","output":{"rows":[42,null]}},
          "suspendPolicy":"Continue","termination":{"reason":"r"},"restartNonce":3000000000,
          "ttlSecondsAfterFinished":2147483647},
         "status":{"observedGeneration":-1,"runtimeStatus":"Running","customStatus":"InProgress",
          "thirdPartyJobId":"57f45461-2984-5385-9e42-105b36eaedbe","attempt":1,"restartNonce":0,
          "createdTime":"2026-11-24T10:00:00.000Z","lastUpdatedTime":"2026-11-24T10:00:01.001Z",
          "completionTime":"2026-11-24T10:00:02.000Z",
          "nextTransitionTime":"1969-11-24T10:00:00.000Z","remainingDuration":"12s",
          "phases":[{"name":"Queued","duration":"1h","frozenDuration":"1ms",
            "startTime":"2026-11-24T10:00:00.000Z","endTime":"2026-11-24T10:00:00.500Z"},
           {"name":"InProgress","duration":"0s"}],
          "output":[1.50,"\\u20ac"],"message":"",
          "conditions":[{"type":"Started","status":"True","observedGeneration":1,
            "lastTransitionTime":"2026-11-24T10:00:00.000Z","reason":"Started",
            "message":"Queued has begun"}]}}
        """
            .formatted(METADATA));
  }

  @Test
  void whatIsAbsentStaysAbsent() throws JsonProcessingException {
    assertSame("{\"metadata\":%s}".formatted(METADATA));
    assertSame("{\"metadata\":%s,\"spec\":{},\"status\":{}}".formatted(METADATA));
    assertSame(
        "{\"metadata\":%s,\"spec\":{\"outcome\":{}},\"status\":{\"conditions\":[]}}"
            .formatted(METADATA));
  }

  @Test
  void whyItCannotBeReadIsKept() throws JsonProcessingException {
    var packed =
        assertSame(
            "{\"metadata\":%s,\"spec\":{\"queuedDuration\":1},\"status\":{\"attempt\":\"x\"}}"
                .formatted(METADATA));

    assertThat(packed.specProblem()).isPresent();
    assertThat(packed.statusProblem()).isPresent();
  }

  @Test
  void annotationsOfOthersAreLeftOut() throws JsonProcessingException {
    var job = job("{\"metadata\":%s}".formatted(METADATA));
    var annotations = job.getMetadata().getAnnotations();
    var ours = Map.copyOf(annotations);
    annotations.put("kubectl.kubernetes.io/last-applied-configuration", "{\"spec\":{}}");
    annotations.put("a", "x".repeat(200_000));

    assertThat(packed(job).getMetadata().getAnnotations()).isEqualTo(ours);

    annotations.keySet().removeAll(ours.keySet());

    assertThat(packed(job).getMetadata().getAnnotations()).isNullOrEmpty();
  }

  private static AsyncJob assertSame(String json) throws JsonProcessingException {
    var job = job(json);
    var packed = packed(job);
    assertThat(packed)
        .usingRecursiveComparison()
        .ignoringFields("metadata.finalizers", "metadata.managedFields")
        .isEqualTo(job);
    return packed;
  }

  private static AsyncJob packed(AsyncJob job) {
    return PackedJob.of(job).unpacked("ns", "gb4711");
  }

  private static AsyncJob job(String json) throws JsonProcessingException {
    return new ObjectMapper().readValue(json, AsyncJob.class);
  }
}
