package dev.asyncjob.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    var now = clock.instant();
    if (entries.size() >= MAX_SIZE) {
      entries.values().removeIf(entry -> entry.hasExpired(now));
      if (entries.size() >= MAX_SIZE) {
        entries.clear();
      }
    }
    return entries
        .compute(
            key,
            (k, known) ->
                known == null || known.hasExpired(now)
                    ? new Entry<>(question.apply(k), clock.instant().plus(lifetime))
                    : known)
        .value();
  }

  private record Entry<V>(V value, Instant end) {
    boolean hasExpired(Instant now) {
      return !now.isBefore(end);
    }
  }
}
