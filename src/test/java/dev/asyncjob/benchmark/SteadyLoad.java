package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.CustomStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Jobs created at a steady rate, with durations that spread their due times; and how late each of
 * their transitions is.
 */
final class SteadyLoad implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  final Lateness lateness = new Lateness();

  /** From just before a job is created until a watch sees that it is accepted; microseconds. */
  final Histogram acceptance = Lateness.histogram();

  private final TestNamespace namespace;
  private final String prefix;
  private final BareClient client;
  private final JobWatch watch;
  private final Map<String, Instant> creations = new ConcurrentHashMap<>();
  private final Map<String, Set<CustomStatus>> states = new ConcurrentHashMap<>();
  private final RandomDurations durations = RandomDurations.between(SHORTEST, LONGEST);
  private final int jobs;
  private final double perSecond;
  private final CountDownLatch unfinished;

  SteadyLoad(TestNamespace namespace, String prefix, double perSecond, Duration time) {
    this.namespace = namespace;
    this.prefix = prefix;
    this.perSecond = perSecond;
    this.jobs = (int) Math.ceil(perSecond * time.toMillis() / 1e3);
    this.unfinished = new CountDownLatch(jobs);
    this.client = new BareClient(namespace.client());
    this.watch = JobWatch.start(namespace.client(), namespace.name(), this::seen);
  }

  int jobs() {
    return jobs;
  }

  /** Plans all creations, and returns; the future ends with the last of them. */
  CompletableFuture<Void> start() {
    return CompletableFuture.allOf(
        IntStream.range(0, jobs).mapToObj(this::plan).toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<String> plan(int number) {
    var delay = (long) (TimeUnit.SECONDS.toNanos(number) / perSecond);
    return CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(delay, TimeUnit.NANOSECONDS))
        .thenCompose(nothing -> create(prefix + number));
  }

  /** Waits until all jobs are Completed. */
  void await() throws InterruptedException {
    if (!unfinished.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException(unfinished.getCount() + " jobs are not Completed");
    }
  }

  private CompletableFuture<String> create(String name) {
    var job = NewJob.of(name, durations.next(), durations.next());
    creations.put(name, Instant.now());
    return client.create(namespace.name(), job);
  }

  private void seen(AsyncJob job, Instant arrival) {
    var name = job.getMetadata().getName();
    var status = job.getStatus();
    if (!creations.containsKey(name) || status == null || status.customStatus() == null) {
      return;
    }
    var isFirst =
        states
            .computeIfAbsent(name, key -> EnumSet.noneOf(CustomStatus.class))
            .add(status.customStatus());
    if (!isFirst) {
      return;
    }
    if (status.customStatus() == CustomStatus.Queued) {
      acceptance.recordValue(Lateness.micros(Duration.between(creations.get(name), arrival)));
    }
    lateness.record(job, arrival);
    if (status.customStatus() == CustomStatus.Completed) {
      unfinished.countDown();
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
