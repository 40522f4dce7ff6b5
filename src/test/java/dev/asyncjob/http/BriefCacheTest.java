package dev.asyncjob.http;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
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
    var isAsked = new CountDownLatch(1);
    var mayFail = new CountDownLatch(1);
    var first =
        runAsync(
            () ->
                cache.get(
                    "a",
                    key -> {
                      isAsked.countDown();
                      awaitUninterruptibly(mayFail);
                      throw new IllegalStateException("no answer");
                    }));
    isAsked.await();
    var second = new Thread(() -> assertThatThrownBy(() -> cache.get("a", key -> ++asked)));
    second.start();
    await().until(() -> second.getState() == Thread.State.WAITING);

    mayFail.countDown();

    assertThat(first).failsWithin(LIMIT).withThrowableThat().withMessageContaining("no answer");
    second.join(LIMIT.toMillis());
    assertThat(asked).isZero();
    assertThat(cache.get("a", key -> ++asked)).isEqualTo(1);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
