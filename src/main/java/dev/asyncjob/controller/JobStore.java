package dev.asyncjob.controller;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one informer, packed. What follows from a change is done as it comes in, so that
 * nobody has to walk the jobs: each is on the agenda when it is due, and counted by its state.
 */
final class JobStore implements ItemStore<AsyncJob> {
  private final Map<String, PackedJob> jobs = new ConcurrentHashMap<>();
  private final JobCounts counts;
  private final OwnWrites ownWrites;
  private final Agenda agenda;
  private final Function<AsyncJob, Optional<Instant>> dueTime;

  JobStore(
      JobCounts counts,
      OwnWrites ownWrites,
      Agenda agenda,
      Function<AsyncJob, Optional<Instant>> dueTime) {
    this.counts = counts;
    this.ownWrites = ownWrites;
    this.agenda = agenda;
    this.dueTime = dueTime;
  }

  @Override
  public String getKey(AsyncJob job) {
    return Cache.metaNamespaceKeyFunc(job);
  }

  @Override
  public @Nullable AsyncJob put(String key, AsyncJob job) {
    var previous = unpacked(key, jobs.put(key, PackedJob.of(job)));
    counts.replaced(previous, job);
    ownWrites.delivered(job);
    plan(key, ownWrites.newest(job));
    return previous;
  }

  /** Puts what is not on the agenda there, if there is something to do for it. */
  void planUnplanned() {
    jobs.keySet().stream()
        .filter(key -> !agenda.contains(key))
        .forEach(key -> Optional.ofNullable(get(key)).ifPresent(job -> plan(key, job)));
  }

  private void plan(String key, AsyncJob job) {
    dueTime.apply(job).ifPresentOrElse(due -> agenda.put(key, due), () -> agenda.remove(key));
  }

  @Override
  public @Nullable AsyncJob remove(String key) {
    var previous = unpacked(key, jobs.remove(key));
    agenda.remove(key);
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

  /**
   * The jobs with nothing but their names: the informer, after it has listed all anew, holds all of
   * these at a time to find those that are gone.
   */
  @Override
  public Stream<AsyncJob> values() {
    return jobs.keySet().stream().map(JobStore::named);
  }

  @Override
  public @Nullable AsyncJob get(String key) {
    return unpacked(key, jobs.get(key));
  }

  /** The jobs of a namespace. */
  Stream<AsyncJob> list(String namespace) {
    var prefix = namespace + "/";
    return jobs.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .flatMap(entry -> Stream.ofNullable(unpacked(entry.getKey(), entry.getValue())));
  }

  @Override
  public int size() {
    return jobs.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }

  private static @Nullable AsyncJob unpacked(String key, @Nullable PackedJob job) {
    return job == null ? null : job.unpacked(namespace(key), name(key));
  }

  private static AsyncJob named(String key) {
    return AsyncJob.of(
        new ObjectMetaBuilder().withNamespace(namespace(key)).withName(name(key)).build(),
        null,
        null,
        null,
        null);
  }

  private static String namespace(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static String name(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
