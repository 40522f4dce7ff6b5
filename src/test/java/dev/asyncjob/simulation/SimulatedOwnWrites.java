package dev.asyncjob.simulation;

import dev.asyncjob.history.StoredJob;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What an operator has written and its watch has yet to deliver: a pass goes on from there. */
final class SimulatedOwnWrites {
  private record Written(Set<Long> superseded, StoredJob newest) {}

  private final Map<String, Written> byUid = new HashMap<>();

  void add(StoredJob before, StoredJob after) {
    var earlier = byUid.get(after.uid());
    Set<Long> superseded = new HashSet<>(earlier == null ? Set.of() : earlier.superseded());
    superseded.add(before.resourceVersion());
    byUid.put(after.uid(), new Written(superseded, after));
  }

  StoredJob newest(StoredJob cached) {
    var written = byUid.get(cached.uid());
    return written != null && written.superseded().contains(cached.resourceVersion())
        ? written.newest()
        : cached;
  }

  void delivered(StoredJob job) {
    byUid.computeIfPresent(
        job.uid(),
        (uid, written) -> written.superseded().contains(job.resourceVersion()) ? written : null);
  }

  void clear() {
    byUid.clear();
  }
}
