package dev.asyncjob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJob;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class ClusterExtensionIT {

  private static final Set<String> SEEN = new HashSet<>();

  private String namespace = "";

  @BeforeEach
  void remember(TestNamespace given) {
    namespace = given.name();
  }

  @RepeatedTest(2)
  void eachTestHasANamespaceOfItsOwn(TestNamespace given) {
    assertThat(given.name()).isEqualTo(namespace);
    assertThat(SEEN.add(namespace)).isTrue();
  }

  @Test
  void kubectlAndClientSeeTheSameJobs(TestNamespace given, Cluster cluster) {
    given.kubectl().get("create", "-f", Project.path("examples/quickstart.yaml").toString());

    assertThat(given.client().resources(AsyncJob.class).list().getItems())
        .extracting(job -> job.getMetadata().getName())
        .containsExactly("gb4711");
    assertThat(cluster.client().getConfiguration().getMasterUrl())
        .isEqualTo("https://127.0.0.1:" + cluster.controlPlane().apiServer().port() + "/");
  }
}
