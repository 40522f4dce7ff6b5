package dev.asyncjob.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each write is one request, and holds only for the version that was read. */
@ExtendWith(ClusterExtension.class)
class JobsIT {
  private static final InstanceId ID = new InstanceId("a");

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private KubernetesClient client;
  private Jobs jobs;
  private TestNamespace namespace;

  @BeforeEach
  void start(Cluster cluster, TestNamespace own) {
    namespace = own;
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.controlPlane().kubeconfig().toFile()))
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("recorder", new Recorder()))
            .build();
    jobs = new Jobs(client, new Blind(), new ApiServer());
    own.kubectl()
        .apply(
            """
            apiVersion: asyncjob.dev/v1
            kind: AsyncJob
            metadata: {name: a}
            spec: {}
            """);
  }

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void aPatchIsOneRequestLockedOnWhatWasRead() {
    var read = read();
    assertThat(jobs.patch(read, new JobPatch().spec("suspend", true)))
        .isInstanceOf(WriteResult.Done.class);
    assertThat(requests).containsExactly("GET", "PATCH");
    assertThat(jobs.patch(read, new JobPatch().spec("suspend", false)))
        .isInstanceOf(WriteResult.Lost.class);
    assertThat(read().getSpec().suspend()).isTrue();
  }

  @Test
  void aDeletionIsOneRequestLockedOnWhatWasRead() {
    var read = read();
    jobs.patch(read, new JobPatch().spec("suspend", true));
    assertThat(jobs.delete(read)).isInstanceOf(WriteResult.Lost.class);
    var again = read();
    requests.clear();
    assertThat(jobs.delete(again)).isInstanceOf(WriteResult.Done.class);
    assertThat(requests).containsExactly("DELETE");
    assertThat(jobs.delete(again)).isInstanceOf(WriteResult.Lost.class);
    assertThat(jobs.fresh(namespace.name(), ID)).isEmpty();
  }

  @Test
  void whatTheRulesForbidIsRefusedWithTheReason() {
    var refused = jobs.patch(read(), new JobPatch().spec("restartNonce", 1));
    assertThat(refused).isInstanceOf(WriteResult.Refused.class);
    assertThat(refused.toString())
        .contains("must only be raised on a finished job")
        .doesNotContain("https://");
  }

  @Test
  void aCreationThatComesSecondIsLost() {
    var another = read();
    another.getMetadata().setResourceVersion(null);
    assertThat(jobs.create(another)).isInstanceOf(WriteResult.Lost.class);
  }

  @Test
  void aListIsReadInChunksAsItIsUsed() {
    assertThat(jobs.freshChunks(namespace.name()).mapToInt(List::size).sum()).isEqualTo(1);
    assertThat(requests).containsExactly("GET");
  }

  @Test
  void aDecisionIsMadeAgainWhenTheJobHasChanged() {
    var seen = new CopyOnWriteArrayList<Boolean>();
    var answer =
        jobs.<String>decide(
            namespace.name(),
            ID,
            job -> {
              seen.add(job.isPresent());
              if (seen.size() == 2) {
                namespace.kubectl().get("annotate", "asyncjob", "a", "x=y");
              }
              return job.map(
                      found ->
                          Decision.patch(found, new JobPatch().spec("suspend", true), "patched"))
                  .orElseGet(() -> Decision.answer("absent"));
            });
    assertThat(answer).isEqualTo("patched");
    assertThat(seen).containsExactly(false, true, true);
    assertThat(read().getSpec().suspend()).isTrue();
  }

  private AsyncJob read() {
    return jobs.fresh(namespace.name(), ID).orElseThrow();
  }

  private final class Recorder implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      requests.add(request.method());
    }
  }

  /** A cache that is far behind. */
  private static final class Blind implements JobCache {
    @Override
    public Optional<AsyncJob> get(String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public Stream<AsyncJob> list(String namespace) {
      return Stream.empty();
    }
  }
}
