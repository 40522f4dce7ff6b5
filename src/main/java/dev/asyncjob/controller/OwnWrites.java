package dev.asyncjob.controller;

import dev.asyncjob.resource.AsyncJob;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has written and its watch has yet to deliver. A pass that begins meanwhile goes
 * on from there: from the cached version it would write the same again, and the server's refusal
 * would make the next transition late.
 */
final class OwnWrites {
  private record Written(Set<String> superseded, AsyncJob newest) {}

  private final Map<String, Written> byUid = new ConcurrentHashMap<>();

  /** A version was replaced by another. */
  void add(AsyncJob before, AsyncJob after) {
    byUid.compute(
        uid(after),
        (uid, earlier) -> {
          Set<String> superseded = new HashSet<>(earlier == null ? Set.of() : earlier.superseded());
          superseded.add(version(before));
          return new Written(superseded, after);
        });
  }

  /** The newest version known of a job, given one that the watch has delivered. */
  AsyncJob newest(AsyncJob delivered) {
    var written = byUid.get(uid(delivered));
    return written != null && written.superseded().contains(version(delivered))
        ? written.newest()
        : delivered;
  }

  /** The watch has delivered a version: own writes up to it need not be kept. */
  void delivered(String uid, String version) {
    byUid.computeIfPresent(
        uid, (same, written) -> written.superseded().contains(version) ? written : null);
  }

  /** The job is gone. */
  void forget(AsyncJob job) {
    byUid.remove(uid(job));
  }

  private static String uid(AsyncJob job) {
    return job.getMetadata().getUid();
  }

  private static String version(AsyncJob job) {
    return job.getMetadata().getResourceVersion();
  }
}
