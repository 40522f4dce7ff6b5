package dev.asyncjob.controller;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
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
    return job instanceof Named named ? named.key : Cache.metaNamespaceKeyFunc(job);
  }

  /** Returns no more than the name of what was there: the informer asks only whether there was. */
  @Override
  public @Nullable AsyncJob put(String key, AsyncJob job) {
    var packed = PackedJob.of(job);
    @Nullable PackedJob previous = jobs.put(key, packed);
    counts.moved(previous == null ? null : previous.state(), packed.state());
    ownWrites.delivered(job.getMetadata().getUid(), packed.version());
    plan(key, ownWrites.newest(job));
    return previous == null ? null : Named.of(key);
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
    @Nullable PackedJob removed = jobs.remove(key);
    agenda.remove(key);
    if (removed == null) {
      return null;
    }
    counts.moved(removed.state(), null);
    var job = removed.unpacked(namespace(key), name(key));
    ownWrites.forget(job);
    return job;
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
    return jobs.keySet().stream().map(Named::of);
  }

  /** The version that the watch has delivered last. */
  @Nullable String version(String key) {
    @Nullable PackedJob job = jobs.get(key);
    return job == null ? null : job.version();
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

  /** A job of which only the name is known, in little memory. */
  @Group(AsyncJob.GROUP)
  @Version(AsyncJob.VERSION)
  private static final class Named extends AsyncJob {
    private static final Named NAMELESS = new Named();

    private String key = "";

    static Named of(String key) {
      var named = NAMELESS.clone();
      named.key = key;
      return named;
    }

    @Override
    protected Named clone() {
      return (Named) super.clone();
    }

    @Override
    public ObjectMeta getMetadata() {
      return new ObjectMetaBuilder().withNamespace(namespace(key)).withName(name(key)).build();
    }
  }

  private static String namespace(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static String name(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
