package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.leadership.Leadership;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Json;
import dev.asyncjob.resource.RuntimeStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes over the wire; that the lock holds is for a real API server to show. */
@EnableKubernetesMockClient
class JobWriterTest {
  private static final String PATH = "/apis/asyncjob.dev/v1/namespaces/ns/asyncjobs/gb4711";

  @SuppressWarnings("NullAway.Init") // Set by the extension.
  private KubernetesMockServer server;

  @SuppressWarnings("NullAway.Init")
  private KubernetesClient client;

  @Test
  void aStatusIsOneRequestLockedOnTheVersionAndNothingButTheStatus()
      throws IOException, InterruptedException {
    server.expect().put().withPath(PATH + "/status").andReturn(200, job()).once();
    var status =
        new AsyncJobStatus.Builder()
            .runtimeStatus(RuntimeStatus.Completed)
            .lastUpdatedTime(Instant.parse("2026-11-24T10:00:00Z"))
            .output(new Json("{\"rows\":42}"))
            .build();

    writer(Leadership.State.Leader).write(job(), status, written -> {});

    assertThat(server.getRequestCount()).isOne();
    assertThat(new ObjectMapper().readTree(server.takeRequest().getBody().readUtf8()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"apiVersion":"asyncjob.dev/v1","kind":"AsyncJob",
                     "metadata":{"name":"gb4711","namespace":"ns","uid":"u","resourceVersion":"7"},
                     "status":{"runtimeStatus":"Completed","lastUpdatedTime":"2026-11-24T10:00:00.000Z",
                               "output":{"rows":42}}}
                    """));
  }

  @Test
  void aDeletionIsOneRequestThatNamesTheVersionItWasDecidedOn()
      throws IOException, InterruptedException {
    server.expect().delete().withPath(PATH).andReturn(200, job()).once();

    writer(Leadership.State.Leader).delete(job());

    assertThat(server.getRequestCount()).isOne();
    assertThat(new ObjectMapper().readTree(server.takeRequest().getBody().readUtf8()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"apiVersion":"v1","kind":"DeleteOptions",
                     "preconditions":{"uid":"u","resourceVersion":"7"}}
                    """));
  }

  @ParameterizedTest
  @EnumSource(
      value = Leadership.State.class,
      names = {"Unsure", "Standby"})
  void nothingIsSentUnlessThisProcessIsSurelyTheLeader(Leadership.State state) {
    var writer = writer(state);

    assertThatThrownBy(() -> writer.write(job(), AsyncJobStatus.UNSEEN, written -> {}))
        .isInstanceOf(NotLeadingException.class);
    assertThatThrownBy(() -> writer.delete(job())).isInstanceOf(NotLeadingException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  private JobWriter writer(Leadership.State state) {
    return new JobWriter(client, () -> state, new JobMetrics(new SimpleMeterRegistry()));
  }

  private static AsyncJob job() {
    var job = new AsyncJob();
    job.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("ns")
            .withName("gb4711")
            .withUid("u")
            .withResourceVersion("7")
            .withGeneration(1L)
            .addToLabels("a", "b")
            .build());
    return job;
  }
}
