package dev.asyncjob.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BriefCacheTest {
  private Instant now = Instant.EPOCH;
  private int asked;

  @Test
  void asksAgainWhenTheTimeIsOver() {
    var cache = new BriefCache<String, Integer>(() -> now, Duration.ofSeconds(5));

    assertThat(cache.get("a", key -> ++asked)).isEqualTo(1);
    now = Instant.EPOCH.plusMillis(4999);
    assertThat(cache.get("a", key -> ++asked)).isEqualTo(1);
    now = Instant.EPOCH.plusSeconds(5);
    assertThat(cache.get("a", key -> ++asked)).isEqualTo(2);
  }
}
