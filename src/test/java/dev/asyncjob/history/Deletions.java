package dev.asyncjob.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What users have asked to be deleted. What they ask for in advance of the request: its answer may
 * be lost, and the deletion may be seen before it.
 */
final class Deletions {
  /** How long the deletion of all jobs may take. */
  private static final Duration OF_ALL = Duration.ofMinutes(1);

  private final Set<String> uids = ConcurrentHashMap.newKeySet();
  private final Map<String, Collection<Instant>> namespaces = new ConcurrentHashMap<>();

  void announce(String uid) {
    uids.add(uid);
  }

  void announceAll(String namespace, Instant now) {
    namespaces.merge(namespace, List.of(now), Deletions::both);
  }

  /** Whether a user may have deleted the job. */
  boolean mayHaveDeleted(StoredJob job, Instant at) {
    var namespace = job.name().substring(0, job.name().indexOf('/'));
    return uids.contains(job.uid())
        || namespaces.getOrDefault(namespace, List.of()).stream()
            .anyMatch(asked -> !at.isBefore(asked) && at.isBefore(asked.plus(OF_ALL)));
  }

  private static Collection<Instant> both(Collection<Instant> one, Collection<Instant> other) {
    var both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }
}
