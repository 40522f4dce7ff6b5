package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;

class OwnWritesTest {
  private final OwnWrites ownWrites = new OwnWrites();

  @Test
  void whatOthersWroteIsTheNewest() {
    var delivered = version("1");

    assertThat(ownWrites.newest(delivered)).isSameAs(delivered);
  }

  @Test
  void ownWritesCountUntilTheWatchDeliversTheLastOfThem() {
    var last = version("3");
    ownWrites.add(version("1"), version("2"));
    ownWrites.add(version("2"), last);

    assertThat(ownWrites.newest(version("1"))).isSameAs(last);
    assertThat(ownWrites.newest(version("2"))).isSameAs(last);
    var delivered = version("3");
    assertThat(ownWrites.newest(delivered)).isSameAs(delivered);
  }

  @Test
  void aVersionOfSomeoneElseAfterThemIsTheNewest() {
    ownWrites.add(version("1"), version("2"));
    var edited = version("7");

    assertThat(ownWrites.newest(edited)).isSameAs(edited);
  }

  @Test
  void nothingIsKeptOnceTheWatchHasDeliveredIt() {
    ownWrites.add(version("1"), version("2"));

    ownWrites.delivered("uid", "1");
    assertThat(ownWrites.newest(version("1")).getMetadata().getResourceVersion()).isEqualTo("2");

    ownWrites.delivered("uid", "2");
    var old = version("1");
    assertThat(ownWrites.newest(old)).isSameAs(old);
  }

  @Test
  void aDeletedJobIsForgotten() {
    ownWrites.add(version("1"), version("2"));
    var delivered = version("1");

    ownWrites.forget(delivered);

    assertThat(ownWrites.newest(delivered)).isSameAs(delivered);
  }

  private static AsyncJob version(String resourceVersion) {
    var job = new AsyncJob();
    job.setMetadata(
        new ObjectMetaBuilder().withUid("uid").withResourceVersion(resourceVersion).build());
    return job;
  }
}
