package dev.asyncjob.http;

import dev.asyncjob.store.Unavailable;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Clients that wait for something to end; no thread is held while they do. */
final class Waiting implements AutoCloseable {
  /** One more is answered at once, as if its time were over. */
  private static final int MAX_WAITING = 1000;

  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private final Executor threads;

  /** On these threads the end is looked for and answers are sent. */
  Waiting(Executor threads) {
    this.threads = threads;
  }

  /**
   * Looks again and again until there is an answer or the time is over.
   *
   * @param otherwise the answer when the time is over
   */
  CompletableFuture<Reply> await(Wait wait, Supplier<Optional<Reply>> look, Reply otherwise) {
    if (waiters.size() >= MAX_WAITING) {
      return CompletableFuture.completedFuture(otherwise);
    }
    var waiter = new Waiter(wait, look, otherwise);
    waiters.add(waiter);
    waiter.lookLater();
    return waiter.answer.whenComplete((reply, failure) -> waiters.remove(waiter));
  }

  /** Ends all waits, as if their time were over. */
  @Override
  public void close() {
    waiters.forEach(waiter -> waiter.answer.complete(waiter.otherwise));
  }

  private final class Waiter {
    private final CompletableFuture<Reply> answer = new CompletableFuture<>();
    private final Wait wait;
    private final Supplier<Optional<Reply>> look;
    private final Reply otherwise;
    private final long end;

    Waiter(Wait wait, Supplier<Optional<Reply>> look, Reply otherwise) {
      this.wait = wait;
      this.look = look;
      this.otherwise = otherwise;
      this.end = System.nanoTime() + wait.timeout().toNanos();
    }

    void lookLater() {
      var pause = Math.max(0, Math.min(wait.interval().toNanos(), end - System.nanoTime()));
      CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, threads).execute(this::look);
    }

    private void look() {
      if (answer.isDone()) {
        return;
      }
      try {
        look.get().ifPresent(answer::complete);
      } catch (Unavailable e) {
        // It may be back before the time is over.
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
      if (!answer.isDone() && System.nanoTime() >= end) {
        answer.complete(otherwise);
      }
      if (!answer.isDone()) {
        lookLater();
      }
    }
  }
}
