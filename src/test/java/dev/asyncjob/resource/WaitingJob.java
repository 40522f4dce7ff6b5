package dev.asyncjob.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One of many jobs that wait, as an operator accepted it at its begin. */
public record WaitingJob(int number, Instant begin) {
  public static final Instant FIRST_BEGIN = Instant.parse("2026-11-24T10:00:00Z");

  private static final Duration WAIT = Duration.ofHours(1);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** As many jobs as are asked for, that begin a millisecond after one another. */
  public static Stream<WaitingJob> many(int jobs) {
    return IntStream.range(0, jobs).mapToObj(WaitingJob::of);
  }

  /** The job that begins so many milliseconds after the first one. */
  public static WaitingJob of(int number) {
    return new WaitingJob(number, FIRST_BEGIN.plusMillis(number));
  }

  /** The same job, had it begun later. */
  public WaitingJob later(Duration by) {
    return new WaitingJob(number, begin.plus(by));
  }

  /** When Queued is over. */
  public Instant due() {
    return begin.plus(WAIT);
  }

  /** What an informer calls it. */
  public String key() {
    return "default/" + name();
  }

  public AsyncJob resource() {
    try {
      return MAPPER.readValue(json(), AsyncJob.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A watch's event that brings it, as kube-apiserver 1.36 writes it. */
  public String event() {
    return "{\"type\":\"MODIFIED\",\"object\":%s}".formatted(json());
  }

  private String name() {
    return "waiting-job-%06d".formatted(number);
  }

  private String json() {
    return """
        {"apiVersion":"asyncjob.dev/v1","kind":"AsyncJob",\
        "metadata":{"creationTimestamp":"2026-11-24T10:00:00Z","generation":1,\
        "managedFields":[{"apiVersion":"asyncjob.dev/v1","fieldsType":"FieldsV1",\
        "fieldsV1":{"f:status":{"f:attempt":{},"f:conditions":{".":{},\
        "k:{\\"type\\":\\"Started\\"}":{".":{},"f:lastTransitionTime":{},"f:message":{},\
        "f:observedGeneration":{},"f:reason":{},"f:status":{},"f:type":{}}},\
        "f:createdTime":{},"f:customStatus":{},"f:lastUpdatedTime":{},"f:message":{},\
        "f:nextTransitionTime":{},"f:observedGeneration":{},"f:phases":{},"f:restartNonce":{},\
        "f:runtimeStatus":{},"f:thirdPartyJobId":{}}},\
        "manager":"fabric8-kubernetes-client","operation":"Update","subresource":"status",\
        "time":"2026-11-24T10:00:00Z"},\
        {"apiVersion":"asyncjob.dev/v1","fieldsType":"FieldsV1",\
        "fieldsV1":{"f:spec":{".":{},"f:inProgressDuration":{},"f:queuedDuration":{}}},\
        "manager":"kubectl-create","operation":"Update","time":"2026-11-24T10:00:00Z"}],\
        "name":"%1$s","namespace":"default","resourceVersion":"%2$d","uid":"%3$s"},\
        "spec":{"inProgressDuration":"1h","queuedDuration":"1h"},\
        "status":{"attempt":1,"conditions":[{"lastTransitionTime":"%5$s",\
        "message":"Queued has begun","observedGeneration":1,"reason":"Started",\
        "status":"True","type":"Started"}],"createdTime":"%5$s","customStatus":"Queued",\
        "lastUpdatedTime":"%5$s","message":"","nextTransitionTime":"%6$s",\
        "observedGeneration":1,"phases":[{"duration":"1h","name":"Queued","startTime":"%5$s"},\
        {"duration":"1h","name":"InProgress"}],"restartNonce":0,"runtimeStatus":"Running",\
        "thirdPartyJobId":"%4$s"}}\
        """
        .formatted(
            name(),
            begin.toEpochMilli(),
            uuid("job"),
            uuid("third party"),
            InstantText.format(begin),
            InstantText.format(due()));
  }

  private UUID uuid(String of) {
    return new UUID(of.hashCode() * 0x9E37_79B9_7F4A_7C15L, number * 0xC2B2_AE3D_27D4_EB4FL);
  }
}
