package dev.asyncjob.store;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SharedReads<String, Integer> reads = new SharedReads<>(1);
  private final AtomicInteger count = new AtomicInteger();
  private final CompletableFuture<Void> mayBegin = new CompletableFuture<>();
  private final CompletableFuture<Void> mayEnd = new CompletableFuture<>();

  @Test
  void whoAsksBeforeTheReadBeginsSharesIt() {
    var first = supplyAsync(() -> reads.get("a", this::heldUp));
    await().until(() -> count.get() == 1);
    var second = blocked(() -> reads.get("a", this::read));
    mayEnd.complete(null);
    mayBegin.complete(null);

    assertThat(first).succeedsWithin(LIMIT).isEqualTo(Optional.of(1));
    assertThat(second).succeedsWithin(LIMIT).isEqualTo(Optional.of(1));
    assertThat(reads.get("a", this::read)).hasValue(2);
  }

  @Test
  void whoAsksAfterItHasBegunGetsAnother() {
    mayBegin.complete(null);
    var begun = new CompletableFuture<Void>();
    var first =
        supplyAsync(
            () ->
                reads.get(
                    "a",
                    begins ->
                        heldUp(
                            () -> {
                              begins.run();
                              begun.complete(null);
                            })));
    begun.join();

    assertThat(supplyAsync(() -> reads.get("a", this::read)))
        .succeedsWithin(LIMIT)
        .isEqualTo(Optional.of(2));
    assertThat(first).isNotDone();
    mayEnd.complete(null);
    assertThat(first).succeedsWithin(LIMIT).isEqualTo(Optional.of(1));
  }

  @Test
  void oneThingDoesNotWaitForAnother() {
    var first = supplyAsync(() -> reads.get("a", this::heldUp));
    await().until(() -> count.get() == 1);

    assertThat(reads.get("b", this::read)).hasValue(2);
    mayEnd.complete(null);
    mayBegin.complete(null);
    assertThat(first).succeedsWithin(LIMIT);
  }

  @Test
  void moreThanMayShareAreToldToComeAgain() {
    var first = supplyAsync(() -> reads.get("a", this::heldUp));
    await().until(() -> count.get() == 1);
    var second = blocked(() -> reads.get("a", this::read));

    assertThat(supplyAsync(() -> reads.get("a", this::read)))
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(Unavailable.class);
    mayEnd.complete(null);
    mayBegin.complete(null);
    assertThat(first).succeedsWithin(LIMIT);
    assertThat(second).succeedsWithin(LIMIT);
  }

  /** Such as that of a read that gets no turn. */
  @Test
  void aFailureIsForAllWhoWaitForIt() {
    Function<Runnable, Optional<Integer>> refused =
        begins -> {
          count.incrementAndGet();
          mayBegin.join();
          throw new IllegalStateException("no turn");
        };
    var first = supplyAsync(() -> reads.get("a", refused));
    await().until(() -> count.get() == 1);
    var second = blocked(() -> reads.get("a", this::read));
    mayBegin.complete(null);

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
    mayBegin.join();
    begins.run();
    mayEnd.join();
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
}
