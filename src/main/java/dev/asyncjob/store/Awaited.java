package dev.asyncjob.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What another thread found out. */
public final class Awaited {
  private Awaited() {}

  /** Waits for it; a failure is thrown here as it was thrown there. */
  public static <T> T of(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
