package dev.asyncjob.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What another thread found out. */
public final class Outcome {
  private Outcome() {}

  /** Waits for it; a failure is thrown here as it was thrown there. */
  public static <T> T of(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
