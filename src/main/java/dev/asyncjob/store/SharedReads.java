package dev.asyncjob.store;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * One read for all who ask for the same thing before it has begun. Who asks later may know of a
 * newer version, and gets another read. So where reads have to wait for their turn, many pollers of
 * a job cost no more than one.
 */
final class SharedReads<K, V> {
  private final ConcurrentMap<K, CompletableFuture<Optional<V>>> notBegun =
      new ConcurrentHashMap<>();

  private final Semaphore sharing;

  /** Who shares a read holds a thread while it lasts; more than so many are refused. */
  SharedReads(int maxSharing) {
    sharing = new Semaphore(maxSharing);
  }

  /** The read is given what it must run when it begins. */
  Optional<V> get(K key, Function<Runnable, Optional<V>> read) {
    var mine = new CompletableFuture<Optional<V>>();
    var earlier = notBegun.putIfAbsent(key, mine);
    if (earlier != null) {
      return shared(earlier);
    }
    try {
      mine.complete(read.apply(() -> notBegun.remove(key, mine)));
    } catch (RuntimeException | Error e) {
      notBegun.remove(key, mine);
      mine.completeExceptionally(e);
    }
    return Awaited.of(mine);
  }

  private Optional<V> shared(CompletableFuture<Optional<V>> read) {
    if (!sharing.tryAcquire()) {
      throw Unavailable.tooManyWait();
    }
    try {
      return Awaited.of(read);
    } finally {
      sharing.release();
    }
  }
}
