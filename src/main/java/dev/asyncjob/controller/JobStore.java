package dev.asyncjob.controller;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one informer, without what only the server and kubectl need, which is a good part of
 * their size; and how many there are in each state, kept up with every change so that nobody has to
 * walk them.
 */
final class JobStore implements ItemStore<AsyncJob> {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final Map<String, AsyncJob> jobs = new ConcurrentHashMap<>();
  private final JobCounts counts;
  private final OwnWrites ownWrites;

  JobStore(JobCounts counts, OwnWrites ownWrites) {
    this.counts = counts;
    this.ownWrites = ownWrites;
  }

  @Override
  public String getKey(AsyncJob job) {
    return Cache.metaNamespaceKeyFunc(job);
  }

  @Override
  public @Nullable AsyncJob put(String key, AsyncJob job) {
    job.getMetadata().setManagedFields(null);
    job.getMetadata().getAnnotations().remove(LAST_APPLIED);
    var previous = jobs.put(key, job);
    counts.replaced(previous, job);
    ownWrites.delivered(job);
    return previous;
  }

  @Override
  public @Nullable AsyncJob remove(String key) {
    var previous = jobs.remove(key);
    counts.replaced(previous, null);
    if (previous != null) {
      ownWrites.forget(previous);
    }
    return previous;
  }

  @Override
  public Stream<String> keySet() {
    return jobs.keySet().stream();
  }

  @Override
  public Stream<AsyncJob> values() {
    return jobs.values().stream();
  }

  @Override
  public @Nullable AsyncJob get(String key) {
    return jobs.get(key);
  }

  @Override
  public int size() {
    return jobs.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }
}
