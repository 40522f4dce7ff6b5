package dev.asyncjob.http;

import dev.asyncjob.store.Awaited;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Remembers for a few seconds what was asked, so that many requests of one client cost one
 * question; while it is being asked, others with the same question wait for its answer.
 */
final class BriefCache<K, V> {
  /** More than this many at a time are forgotten early rather than kept. */
  private static final int MAX_SIZE = 10_000;

  private final ConcurrentMap<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Duration lifetime;

  BriefCache(InstantSource clock, Duration lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
  }

  V get(K key, Function<K, V> question) {
    forgetIfFull();
    var asked = new Entry<V>(clock.instant());
    var entry =
        entries.compute(
            key, (k, known) -> known == null || hasExpired(known, asked.start) ? asked : known);
    if (entry == asked) {
      answer(key, question, asked);
    }
    return Awaited.of(entry.value);
  }

  /** A failure is for those who wait for it now; the next one asks again. */
  private void answer(K key, Function<K, V> question, Entry<V> asked) {
    try {
      asked.value.complete(question.apply(key));
    } catch (RuntimeException | Error e) {
      entries.remove(key, asked);
      asked.value.completeExceptionally(e);
    }
  }

  private void forgetIfFull() {
    if (entries.size() >= MAX_SIZE) {
      var now = clock.instant();
      entries.values().removeIf(entry -> hasExpired(entry, now));
      if (entries.size() >= MAX_SIZE) {
        entries.clear();
      }
    }
  }

  /** Also when the clock was set back: nobody knows then how long it is still good. */
  private boolean hasExpired(Entry<V> entry, Instant now) {
    return entry.value.isDone()
        && (now.isBefore(entry.start) || !now.isBefore(entry.start.plus(lifetime)));
  }

  private static final class Entry<V> {
    final CompletableFuture<V> value = new CompletableFuture<>();
    final Instant start;

    Entry(Instant start) {
      this.start = start;
    }
  }
}
