package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadTest {
  @Test
  void ofAHundredJobsOneMayBeMissing() {
    assertThat(load(9_900, Map.of()).problems()).isEmpty();
    assertThat(load(9_899, Map.of()).problems())
        .containsExactly("too few jobs: 9,899 created of 10,000 planned");
  }

  @Test
  void ofAThousandOneMayBeRefused() {
    assertThat(load(10_000, Map.of("edit", 7L, "list", 3L)).problems()).isEmpty();
    assertThat(load(10_000, Map.of("list", 4L, "edit", 7L)).problems())
        .containsExactly("too many requests refused: 11 for 10,000 jobs, {edit=7, list=4}");
  }

  @Test
  void noneMayBeLost() {
    assertThat(new Load(15, 100, 100, 98, List.of("soak-7", "soak-9"), Map.of()).problems())
        .containsExactly("lost: soak-7", "lost: soak-9");
  }

  private static Load load(long created, Map<String, Long> refusals) {
    return new Load(15, 10_000, created, created, List.of(), refusals);
  }
}
