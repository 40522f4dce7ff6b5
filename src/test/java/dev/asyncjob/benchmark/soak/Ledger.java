package dev.asyncjob.benchmark.soak;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which jobs were asked for, and which of them have been seen at their end. */
final class Ledger {
  /** Those that have not been seen at their end, and whether it is certain that they exist. */
  private final Map<String, Boolean> open = new ConcurrentHashMap<>();

  private final AtomicLong created = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();
  private final Map<String, Long> refusals = new ConcurrentHashMap<>();

  /** Before the request, for the job may end before the answer is here. */
  void asked(String job) {
    open.put(job, false);
  }

  /** The answer promises that there is such a job. */
  void acknowledged(String job) {
    created.incrementAndGet();
    seen(job);
  }

  /** There is such a job, even if its creation was never answered. */
  void seen(String job) {
    open.replace(job, true);
  }

  /** Said of each version of a job that is Completed. */
  void completed(String job) {
    if (open.remove(job) != null) {
      completed.incrementAndGet();
    }
  }

  /** A request of some kind was not answered as it should. */
  void refused(String kind) {
    refusals.merge(kind, 1L, Long::sum);
  }

  /** Jobs whose creation was answered. */
  long created() {
    return created.get();
  }

  long completed() {
    return completed.get();
  }

  /** Jobs that were there and have not been seen Completed. */
  List<String> lost() {
    return open.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  Map<String, Long> refusals() {
    return new TreeMap<>(refusals);
  }
}
