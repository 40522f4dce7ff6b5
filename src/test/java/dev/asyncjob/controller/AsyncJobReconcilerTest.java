package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.leadership.Leadership;
import dev.asyncjob.lifecycle.Defaults;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What no API server does; all else is for a real one to show. */
@EnableKubernetesMockClient
class AsyncJobReconcilerTest {
  private static final String PATH = "/apis/asyncjob.dev/v1/namespaces/ns/asyncjobs/gb4711";

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofSeconds(10);

  @SuppressWarnings("NullAway.Init") // Set by the extension.
  private KubernetesMockServer server;

  @SuppressWarnings("NullAway.Init")
  private KubernetesClient client;

  private final List<String> faults = new ArrayList<>();
  private long now;

  @Test
  void aChangeThatTheWatchNeverDeliversIsAFault() {
    var conflict = new StatusBuilder().withCode(HttpURLConnection.HTTP_CONFLICT).build();
    server
        .expect()
        .put()
        .withPath(PATH + "/status")
        .andReturn(HttpURLConnection.HTTP_CONFLICT, conflict)
        .always();
    var reconciler = reconciler();

    for (var passed = Duration.ZERO; passed.compareTo(LIMIT) <= 0; passed = passed.plus(STEP)) {
      assertThat(faults).isEmpty();
      assertThat(reconciler.reconcile("ns/gb4711")).isInstanceOf(Pass.Retry.class);
      now += STEP.toNanos();
    }
    assertThat(faults)
        .containsExactly(
            "the watch does not deliver what has become of job ns/gb4711; to be started again");
  }

  private AsyncJobReconciler reconciler() {
    var metrics = new JobMetrics(new SimpleMeterRegistry());
    return new AsyncJobReconciler(
        new Lifecycle(new Defaults(Duration.ZERO, Duration.ZERO, Optional.empty())),
        key -> Optional.of(job()),
        key -> Optional.of("7"),
        new JobWriter(client, () -> Leadership.State.Leader, metrics),
        new OwnWrites(),
        Clock.systemUTC(),
        () -> now,
        metrics,
        faults::add);
  }

  private static AsyncJob job() {
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace("ns")
            .withName("gb4711")
            .withUid("3e3cb51f-1dc2-5ecc-9247-0021d1c127a2")
            .withResourceVersion("7")
            .withGeneration(1L)
            .withCreationTimestamp("2026-11-24T10:00:00Z");
    return AsyncJob.of(metadata.build(), null, null, null, null);
  }
}
