package dev.asyncjob.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobPageTest {
  @Test
  void holdsTheFirstIdsInOrder() {
    var page = page(2, "c", "a", "d", "b");

    assertThat(names(page)).containsExactly("a", "b");
    assertThat(page.isLast()).isFalse();
  }

  @Test
  void isTheLastWhenNothingIsLeft() {
    assertThat(page(2, "b", "a").isLast()).isTrue();
    assertThat(page(2).isLast()).isTrue();
    assertThat(names(page(3, "b", "a"))).containsExactly("a", "b");
  }

  private static JobPage page(int size, String... names) {
    return JobPage.of(Stream.of(names).map(JobPageTest::job), size);
  }

  private static List<String> names(JobPage page) {
    return page.ids().stream().map(InstanceId::text).toList();
  }

  private static AsyncJob job(String name) {
    var job = new AsyncJob();
    job.setMetadata(new ObjectMetaBuilder().withName(name).build());
    return job;
  }
}
