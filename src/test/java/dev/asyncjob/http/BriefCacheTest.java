package dev.asyncjob.http;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BriefCacheTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

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

  @Test
  void asksAgainWhenTheClockWasSetBack() {
    var cache = new BriefCache<String, Integer>(() -> now, Duration.ofSeconds(5));

    cache.get("a", key -> ++asked);
    now = Instant.EPOCH.minusSeconds(60);
    assertThat(cache.get("a", key -> ++asked)).isEqualTo(2);
  }

  @Test
  void aFailureIsForAllWhoWaitForIt() throws Exception {
    var cache = new BriefCache<String, Integer>(() -> now, Duration.ofSeconds(5));
    var isAsked = new CompletableFuture<Void>();
    var mayFail = new CompletableFuture<Void>();
    var first =
        runAsync(
            () ->
                cache.get(
                    "a",
                    key -> {
                      isAsked.complete(null);
                      mayFail.join();
                      throw new IllegalStateException("no answer");
                    }));
    isAsked.join();
    var second = new Thread(() -> assertThatThrownBy(() -> cache.get("a", key -> ++asked)));
    second.start();
    await().until(() -> second.getState() == Thread.State.WAITING);

    mayFail.complete(null);

    assertThat(first).failsWithin(LIMIT).withThrowableThat().withMessageContaining("no answer");
    second.join(LIMIT.toMillis());
    assertThat(asked).isZero();
    assertThat(cache.get("a", key -> ++asked)).isEqualTo(1);
  }
}
