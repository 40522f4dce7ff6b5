package dev.asyncjob.store;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SharedReads<String, Integer> reads = new SharedReads<>();
  private final AtomicInteger count = new AtomicInteger();
  private final CountDownLatch mayBegin = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @Test
  void whoAsksBeforeTheReadBeginsSharesIt() {
    var first = supplyAsync(() -> reads.get("a", this::heldUp));
    await().until(() -> count.get() == 1);
    var second = blocked(() -> reads.get("a", this::read));
    mayEnd.countDown();
    mayBegin.countDown();

    assertThat(first).succeedsWithin(LIMIT).isEqualTo(Optional.of(1));
    assertThat(second).succeedsWithin(LIMIT).isEqualTo(Optional.of(1));
    assertThat(reads.get("a", this::read)).hasValue(2);
  }

  @Test
  void whoAsksAfterItHasBegunGetsAnother() {
    mayBegin.countDown();
    var begun = new CountDownLatch(1);
    var first =
        supplyAsync(
            () ->
                reads.get(
                    "a",
                    begins ->
                        heldUp(
                            () -> {
                              begins.run();
                              begun.countDown();
                            })));
    awaitUninterruptibly(begun);

    assertThat(supplyAsync(() -> reads.get("a", this::read)))
        .succeedsWithin(LIMIT)
        .isEqualTo(Optional.of(2));
    assertThat(first).isNotDone();
    mayEnd.countDown();
    assertThat(first).succeedsWithin(LIMIT).isEqualTo(Optional.of(1));
  }

  @Test
  void oneThingDoesNotWaitForAnother() {
    var first = supplyAsync(() -> reads.get("a", this::heldUp));
    await().until(() -> count.get() == 1);

    assertThat(reads.get("b", this::read)).hasValue(2);
    mayEnd.countDown();
    mayBegin.countDown();
    assertThat(first).succeedsWithin(LIMIT);
  }

  /** Such as that of a read that gets no turn. */
  @Test
  void aFailureIsForAllWhoWaitForIt() {
    Function<Runnable, Optional<Integer>> refused =
        begins -> {
          count.incrementAndGet();
          awaitUninterruptibly(mayBegin);
          throw new IllegalStateException("no turn");
        };
    var first = supplyAsync(() -> reads.get("a", refused));
    await().until(() -> count.get() == 1);
    var second = blocked(() -> reads.get("a", this::read));
    mayBegin.countDown();

    assertThat(first).failsWithin(LIMIT).withThrowableThat().withMessageContaining("no turn");
    assertThat(second).failsWithin(LIMIT).withThrowableThat().withMessageContaining("no turn");
    assertThatThrownBy(() -> reads.get("a", refused)).hasMessage("no turn");
    assertThat(reads.get("a", this::read)).hasValue(3);
  }

  private Optional<Integer> read(Runnable begins) {
    begins.run();
    return Optional.of(count.incrementAndGet());
  }

  private Optional<Integer> heldUp(Runnable begins) {
    var number = count.incrementAndGet();
    awaitUninterruptibly(mayBegin);
    begins.run();
    awaitUninterruptibly(mayEnd);
    return Optional.of(number);
  }

  /** Runs it on a thread of its own, and returns when that waits for another thread. */
  private static CompletableFuture<Optional<Integer>> blocked(Supplier<Optional<Integer>> call) {
    var result = new CompletableFuture<Optional<Integer>>();
    var thread =
        new Thread(
            () -> {
              try {
                result.complete(call.get());
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return result;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
