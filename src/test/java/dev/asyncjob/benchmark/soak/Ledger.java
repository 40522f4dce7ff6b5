package dev.asyncjob.benchmark.soak;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which jobs were asked for, and which of them have been seen at their end. */
final class Ledger {
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong created = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();
  private final Map<String, Long> refusals = new ConcurrentHashMap<>();

  /** Before the request, for the job may end before the answer is here. */
  void asked(String job) {
    open.add(job);
  }

  void acknowledged() {
    created.incrementAndGet();
  }

  /** Nobody has promised that there is such a job. */
  void notAcknowledged(String job) {
    open.remove(job);
  }

  /** A request of some kind was not answered as it should. */
  void refused(String kind) {
    refusals.merge(kind, 1L, Long::sum);
  }

  /** Said of each version of a job that is Completed. */
  void completed(String job) {
    if (open.remove(job)) {
      completed.incrementAndGet();
    }
  }

  long created() {
    return created.get();
  }

  long completed() {
    return completed.get();
  }

  /** Those that have not been seen Completed. */
  Set<String> open() {
    return new TreeSet<>(open);
  }

  Map<String, Long> refusals() {
    return new TreeMap<>(refusals);
  }
}
