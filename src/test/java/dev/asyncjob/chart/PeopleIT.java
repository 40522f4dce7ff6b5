package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.RuntimeStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.File;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the chart's roles for people let them do. Taken in by view and edit they do the same. */
@ExtendWith(ClusterExtension.class)
class PeopleIT {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  @Test
  void anEditorSteersJobsByTheirSpec(TestNamespace namespace) {
    try (var operator = namespace.startOperator(Map.of());
        var editor = user(namespace, "edith", "view", "edit")) {
      var job = editor.resources(AsyncJob.class).inNamespace(namespace.name()).withName("x");
      editor.resource(job(namespace, "x")).create();
      operator.awaitReady();
      await(job, RuntimeStatus.Running);
      job.patch(MERGE, "{\"spec\": {\"suspend\": true}}");
      await(job, RuntimeStatus.Suspended);
      job.patch(MERGE, "{\"spec\": {\"suspend\": false, \"termination\": {}}}");
      await(job, RuntimeStatus.Terminated);
      var finished = job.get();
      job.patch(MERGE, "{\"spec\": {\"termination\": null, \"restartNonce\": 1}}");
      await(job, RuntimeStatus.Running);

      assertForbidden(() -> editor.resource(finished).updateStatus());
      assertForbidden(
          () -> job.subresource("status").patch(MERGE, "{\"status\": {\"message\": \"\"}}"));

      job.delete();
      assertThat(job.get()).isNull();
    }
  }

  @Test
  void aViewerOnlyLooks(TestNamespace namespace) {
    try (var viewer = user(namespace, "vera", "view")) {
      namespace.client().resource(job(namespace, "x")).create();
      var jobs = viewer.resources(AsyncJob.class).inNamespace(namespace.name());

      assertThat(jobs.list().getItems()).hasSize(1);
      assertThat(jobs.withName("x").get()).isNotNull();
      assertForbidden(() -> viewer.resource(job(namespace, "y")).create());
      assertForbidden(() -> jobs.withName("x").patch(MERGE, "{\"spec\": {\"suspend\": true}}"));
      assertForbidden(() -> jobs.withName("x").delete());
    }
  }

  private static void await(Resource<AsyncJob> job, RuntimeStatus status) {
    job.waitUntilCondition(
        found -> found != null && found.getStatus().runtimeStatus() == status,
        60,
        TimeUnit.SECONDS);
  }

  private static void assertForbidden(ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(KubernetesClientException.class)
        .extracting("code")
        .isEqualTo(403);
  }

  private static AsyncJob job(TestNamespace namespace, String name) {
    return namespace
        .client()
        .getKubernetesSerialization()
        .unmarshal(
            """
            apiVersion: asyncjob.dev/v1
            kind: AsyncJob
            metadata: {name: %s, namespace: %s}
            spec: {queuedDuration: 1h}
            """
                .formatted(name, namespace.name()),
            AsyncJob.class);
  }

  /** A user to whom some of the chart's roles are bound in the namespace. */
  private static KubernetesClient user(TestNamespace namespace, String name, String... roles) {
    ChartRoles.bind(namespace, name, roles);
    var config = Config.fromKubeconfig(kubeconfig(namespace.cluster()));
    config.setImpersonateUsername(name);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private static File kubeconfig(Cluster cluster) {
    return cluster.controlPlane().kubeconfig().toFile();
  }
}
