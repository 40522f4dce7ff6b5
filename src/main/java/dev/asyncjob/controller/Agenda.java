package dev.asyncjob.controller;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are to be looked at, and when: each at most once, and none that is being looked at.
 *
 * <p>The most overdue comes first. But every second turn is for what has become due just now, if
 * there is any: so what is owed from an outage does not make late what is on time.
 */
public final class Agenda {
  private static final Duration JUST_NOW = Duration.ofSeconds(1);
  private static final long NEVER = Long.MAX_VALUE;

  /** However far the next job is, for the clock may be set. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private static final class Entry {
    final String job;

    /** When to look at the job, in milliseconds; while somebody does, when to do so again. */
    long when = NEVER;

    /** Since when there has been something to do; earlier than {@code when} after a failure. */
    long due = NEVER;

    boolean isInHand;

    Entry(String job) {
      this.job = job;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition firstIsAnother = lock.newCondition();
  private final Map<String, Entry> entries = new HashMap<>();
  private final TreeSet<Entry> waiting =
      new TreeSet<>(
          Comparator.comparingLong((Entry entry) -> entry.when).thenComparing(entry -> entry.job));

  /** What is in hand or is to be tried again. */
  private final TreeSet<Entry> unsettled =
      new TreeSet<>(
          Comparator.comparingLong((Entry entry) -> entry.due).thenComparing(entry -> entry.job));

  private boolean isTurnOfBacklog = true;

  /** A job is to be looked at then, and not when it was before. */
  public void put(String job, Instant when) {
    locked(
        () -> {
          var entry = entries.computeIfAbsent(job, Entry::new);
          if (entry.isInHand) {
            entry.when = Math.min(entry.when, when.toEpochMilli());
          } else {
            takeOut(entry);
            settle(entry, when.toEpochMilli());
          }
          return null;
        });
  }

  /** There is nothing to do for a job. */
  public void remove(String job) {
    locked(
        () -> {
          @Nullable Entry entry = entries.get(job);
          if (entry != null && !entry.isInHand) {
            takeOut(entry);
            entries.remove(job);
          }
          return null;
        });
  }

  public boolean contains(String job) {
    return locked(() -> entries.containsKey(job));
  }

  /** When the next job is to be looked at. */
  public Optional<Instant> next() {
    return locked(() -> waiting.isEmpty() ? Optional.empty() : instant(waiting.first().when));
  }

  /** The soonest time at which there is, or has been, something to do. */
  public Optional<Instant> soonestDue() {
    return locked(
        () ->
            instant(
                Math.min(
                    waiting.isEmpty() ? NEVER : waiting.first().when,
                    unsettled.isEmpty() ? NEVER : unsettled.first().due)));
  }

  /** Waits until there is a job whose time has come, and takes it as {@link #poll} does. */
  String take(Clock clock) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        var now = clock.instant();
        var job = poll(now);
        if (job.isPresent()) {
          return job.get();
        }
        var left = next().map(when -> Duration.between(now, when)).orElse(LONGEST_SLEEP);
        var sleep = left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
        var unused = firstIsAnother.awaitNanos(sleep.toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a job whose time has come; nobody else gets it until whoever took it is done. */
  public Optional<String> poll(Instant now) {
    return locked(
        () -> {
          if (waiting.isEmpty() || waiting.first().when > now.toEpochMilli()) {
            return Optional.empty();
          }
          var entry = isTurnOfBacklog ? waiting.first() : dueJustNow(now.toEpochMilli());
          isTurnOfBacklog = !isTurnOfBacklog;
          waiting.remove(entry);
          unsettled.add(entry);
          entry.isInHand = true;
          entry.when = NEVER;
          return Optional.of(entry.job);
        });
  }

  /** The first that became due just now, else the first of all. */
  private Entry dueJustNow(long now) {
    var begin = new Entry("");
    begin.when = now - JUST_NOW.toMillis();
    @Nullable Entry first = waiting.ceiling(begin);
    return first == null || first.when > now ? waiting.first() : first;
  }

  /** What was due of a job is done; it is to be looked at again then, if ever. */
  public void done(String job, Optional<Instant> next) {
    locked(
        () -> {
          var entry = putDown(job);
          unsettled.remove(entry);
          var when = Math.min(entry.when, next.map(Instant::toEpochMilli).orElse(NEVER));
          if (when == NEVER) {
            entries.remove(job);
          } else {
            settle(entry, when);
          }
          return null;
        });
  }

  /** What is due of a job could not be done, and is to be tried again then. */
  public void retry(String job, Instant when) {
    locked(
        () -> {
          var entry = putDown(job);
          await(entry, Math.min(entry.when, when.toEpochMilli()));
          return null;
        });
  }

  private Entry putDown(String job) {
    var entry = requireNonNull(entries.get(job));
    entry.isInHand = false;
    return entry;
  }

  private void takeOut(Entry entry) {
    waiting.remove(entry);
    unsettled.remove(entry);
  }

  private void settle(Entry entry, long when) {
    entry.due = when;
    await(entry, when);
  }

  private void await(Entry entry, long when) {
    entry.when = when;
    waiting.add(entry);
    if (waiting.first() == entry) {
      firstIsAnother.signal();
    }
  }

  private static Optional<Instant> instant(long millis) {
    return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private <T extends @Nullable Object> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
