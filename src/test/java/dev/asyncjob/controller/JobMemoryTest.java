package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.resource.AsyncJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a waiting job holds of the heap: the bytes of the objects, so the same on any machine. */
class JobMemoryTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int JOBS = 10_000;
  private static final int MOST_BYTES_PER_JOB = 700;
  private static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void aWaitingJobTakesFewBytes() throws JsonProcessingException {
    var agenda = new Agenda();
    var store =
        new JobStore(
            new JobCounts(new SimpleMeterRegistry()),
            new OwnWrites(),
            agenda,
            job -> Optional.ofNullable(job.getStatus().nextTransitionTime()));
    var before = Heap.liveBytes();

    for (int i = 0; i < JOBS; i++) {
      var job = job(i);
      store.put(store.getKey(job), job);
    }

    assertThat((Heap.liveBytes() - before) / JOBS).isLessThan(MOST_BYTES_PER_JOB);
    assertThat(store.size()).isEqualTo(JOBS);
    assertThat(agenda.next()).isPresent();
  }

  private static AsyncJob job(int number) throws JsonProcessingException {
    var begin = BEGIN.plusMillis(number);
    var json =
        """
        {"apiVersion":"asyncjob.dev/v1","kind":"AsyncJob",
         "metadata":{"creationTimestamp":"2026-11-24T10:00:00Z","generation":1,
          "managedFields":[{"apiVersion":"asyncjob.dev/v1","fieldsType":"FieldsV1",
            "fieldsV1":{"f:spec":{".":{},"f:inProgressDuration":{},"f:queuedDuration":{}}},
            "manager":"kubectl-create","operation":"Update","time":"2026-11-24T10:00:00Z"}],
          "name":"waiting-job-%1$06d","namespace":"default","uid":"%2$s","resourceVersion":"%1$d"},
         "spec":{"inProgressDuration":"1h","queuedDuration":"1h"},
         "status":{"attempt":1,"conditions":[{"lastTransitionTime":"%4$s",
           "message":"Queued has begun","observedGeneration":1,"reason":"Started",
           "status":"True","type":"Started"}],
          "createdTime":"%4$s","customStatus":"Queued","lastUpdatedTime":"%4$s","message":"",
          "nextTransitionTime":"%5$s","observedGeneration":1,
          "phases":[{"duration":"1h","name":"Queued","startTime":"%4$s"},
           {"duration":"1h","name":"InProgress"}],
          "restartNonce":0,"runtimeStatus":"Running","thirdPartyJobId":"%3$s"}}
        """
            .formatted(
                number, UUID.randomUUID(), UUID.randomUUID(), begin, begin.plusSeconds(3600));
    return MAPPER.readValue(json, AsyncJob.class);
  }
}
