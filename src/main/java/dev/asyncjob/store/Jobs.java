package dev.asyncjob.store;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The jobs of a cluster as the HTTP API sees them.
 *
 * <p>Reads cost nothing where the cache is good enough. It is not good enough to say that a job is
 * not there or is over, because another replica may have created or restarted it a moment ago: that
 * is said only of what was read from the API server.
 *
 * <p>A write returns when this replica's cache has seen it, so that a list shows what the same
 * client has just done; the wait is bounded, for the cache may be cut off.
 */
public final class Jobs {
  private static final int LIST_CHUNK = 500;
  private static final int MAX_ATTEMPTS = 8;
  private static final int MAX_SHARING = 300;
  private static final Duration CACHE_PATIENCE = Duration.ofMillis(500);
  private static final Duration CACHE_POLL = Duration.ofMillis(2);
  private static final Duration MAX_PAUSE = Duration.ofMillis(400);
  private static final WriteResult DONE = new WriteResult.Done();
  private static final WriteResult LOST = new WriteResult.Lost();

  private final KubernetesClient client;
  private final JobCache cache;
  private final ApiServer apiServer;
  private final SharedReads<String, AsyncJob> reads = new SharedReads<>(MAX_SHARING);

  public Jobs(KubernetesClient client, JobCache cache, ApiServer apiServer) {
    this.client = client;
    this.cache = cache;
    this.apiServer = apiServer;
  }

  /** As the cache has it. */
  public Optional<AsyncJob> cached(String namespace, InstanceId id) {
    return find(id, name -> cache.get(namespace, name));
  }

  /** As the API server has it. */
  public Optional<AsyncJob> fresh(String namespace, InstanceId id) {
    return find(id, name -> read(namespace, name));
  }

  /** From the cache if that version is good enough, else from the API server. */
  public Optional<AsyncJob> find(
      String namespace, InstanceId id, Predicate<AsyncJob> isGoodEnough) {
    return cached(namespace, id).filter(isGoodEnough).or(() -> fresh(namespace, id));
  }

  /** Which of a namespace's cached jobs follow the given id, in the order of ids. */
  public JobPage page(
      String namespace, Predicate<AsyncJob> filter, Optional<InstanceId> after, int size) {
    return JobPage.of(
        cache
            .list(namespace)
            .filter(job -> after.isEmpty() || InstanceId.of(job).compareTo(after.get()) > 0)
            .filter(filter),
        size);
  }

  /** All jobs of a namespace as the API server has them, fetched in chunks as they are used. */
  public Stream<List<AsyncJob>> freshChunks(String namespace) {
    return Stream.iterate(
            Optional.of(chunk(namespace, "")),
            Optional::isPresent,
            chunk ->
                chunk
                    .map(list -> list.getMetadata().getContinue())
                    .filter(token -> !token.isEmpty())
                    .map(token -> chunk(namespace, token)))
        .map(chunk -> chunk.orElseThrow().getItems());
  }

  /**
   * Lets a rule judge the job and does what it says. A write that lost a race is judged again from
   * the job as it is then; an answer without a write is given only from the API server's version.
   *
   * @throws RefusedException when the API server's rules forbid what the rule wants
   */
  public <A> A decide(
      String namespace, InstanceId id, Function<Optional<AsyncJob>, Decision<A>> rule) {
    var job = cached(namespace, id);
    var isFresh = false;
    WriteResult last = LOST;
    for (var attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      var decision = rule.apply(job);
      if (decision instanceof Decision.Answer<A> answer && isFresh) {
        return answer.answer();
      }
      if (decision instanceof Decision.Write<A> write) {
        last = write.write().apply(this);
        if (last instanceof WriteResult.Done) {
          return write.answer();
        }
        if (isFresh) {
          pause(attempt);
        }
      }
      job = fresh(namespace, id);
      isFresh = true;
    }
    if (last instanceof WriteResult.Refused refused) {
      throw new RefusedException(refused.why());
    }
    throw new Unavailable(
        "The job changes faster than it can be written", false, Unavailable.RETRY_SOON);
  }

  WriteResult create(AsyncJob job) {
    try {
      var created = apiServer.call(() -> client.resource(job).create());
      awaitCached(created);
      return DONE;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_NOT_FOUND) {
        throw new Unavailable(
            "There is no namespace to create the job in", e, Unavailable.RETRY_SOON);
      }
      return lostOrRefused(e);
    }
  }

  WriteResult patch(AsyncJob read, JobPatch patch) {
    try {
      var body = patch.lockedOn(read);
      var context = PatchContext.of(PatchType.JSON_MERGE);
      awaitCached(apiServer.call(() -> client.resource(read).patch(context, body)));
      return DONE;
    } catch (KubernetesClientException e) {
      return lostOrRefused(e);
    }
  }

  WriteResult delete(AsyncJob read) {
    try {
      var version = read.getMetadata().getResourceVersion();
      var deleted =
          apiServer.call(() -> client.resource(read).lockResourceVersion(version).delete());
      if (deleted.isEmpty()) {
        return LOST;
      }
      var uid = read.getMetadata().getUid();
      await(() -> inCache(read).filter(job -> job.getMetadata().getUid().equals(uid)).isEmpty());
      return DONE;
    } catch (KubernetesClientException e) {
      return lostOrRefused(e);
    }
  }

  private static WriteResult lostOrRefused(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HTTP_NOT_FOUND, HTTP_CONFLICT -> LOST;
      default -> new WriteResult.Refused(why(e));
    };
  }

  /** In the API server's words; the exception's own name its address as well. */
  private static String why(KubernetesClientException e) {
    var status = e.getStatus();
    return status == null || status.getMessage() == null
        ? "The API server refuses it"
        : status.getMessage();
  }

  private static Optional<AsyncJob> find(
      InstanceId id, Function<String, Optional<AsyncJob>> byName) {
    Predicate<AsyncJob> isMeant = job -> InstanceId.of(job).equals(id);
    var made = byName.apply(id.resourceName()).filter(isMeant);
    return made.isPresent() || !id.mayBeNamedOtherwise()
        ? made
        : byName.apply(id.text()).filter(isMeant);
  }

  private Optional<AsyncJob> read(String namespace, String name) {
    var resource = client.resources(AsyncJob.class).inNamespace(namespace).withName(name);
    return reads.get(
        namespace + "/" + name,
        begins ->
            apiServer.call(
                () -> {
                  begins.run();
                  return Optional.ofNullable(resource.get());
                }));
  }

  private KubernetesResourceList<AsyncJob> chunk(String namespace, String token) {
    var options = new ListOptionsBuilder().withLimit((long) LIST_CHUNK);
    if (!token.isEmpty()) {
      options.withContinue(token);
    }
    return apiServer.call(
        () -> client.resources(AsyncJob.class).inNamespace(namespace).list(options.build()));
  }

  private Optional<AsyncJob> inCache(AsyncJob job) {
    return cache.get(job.getMetadata().getNamespace(), job.getMetadata().getName());
  }

  private void awaitCached(AsyncJob written) {
    var version = version(written);
    await(() -> inCache(written).filter(job -> version(job) >= version).isPresent());
  }

  /** Resource versions of one kind of resource can be compared as numbers (KEP-5504). */
  private static long version(AsyncJob job) {
    return Long.parseLong(job.getMetadata().getResourceVersion());
  }

  private static void await(BooleanSupplier condition) {
    for (var polls = CACHE_PATIENCE.dividedBy(CACHE_POLL);
        polls > 0 && !condition.getAsBoolean();
        polls--) {
      sleep(CACHE_POLL);
    }
  }

  private static void pause(int attempt) {
    sleep(Duration.ofMillis(Math.min(MAX_PAUSE.toMillis(), 25L << attempt)));
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The service is stopping", e, Unavailable.RETRY_SOON);
    }
  }
}
