package dev.asyncjob.benchmark.soak;

import dev.asyncjob.benchmark.BareClient;
import dev.asyncjob.benchmark.NewJob;
import dev.asyncjob.benchmark.RandomDurations;
import dev.asyncjob.cluster.TestNamespace;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Jobs that come at a fixed rate, whatever becomes of the earlier ones, and each of which has a
 * name of its own: of ten two come over HTTP, two are edited, and two are suspended and let go on.
 */
final class Churn implements AutoCloseable {
  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(8);

  /** Of each request, so that whatever has begun ends. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final TestNamespace namespace;
  private final BareClient api;
  private final HttpUser http;
  private final Ledger ledger;
  private final double perSecond;
  private final int timeToLive;
  private final ScheduledExecutorService schedule = Executors.newScheduledThreadPool(1);
  private final Phaser underWay = new Phaser(1);
  private final RandomDurations durations = RandomDurations.between(SHORTEST, LONGEST);
  private long number;

  Churn(TestNamespace namespace, URI operator, Ledger ledger, double perSecond, int timeToLive) {
    this.namespace = namespace;
    this.api = new BareClient(namespace.client());
    this.http = new HttpUser(operator, LIMIT);
    this.ledger = ledger;
    this.perSecond = perSecond;
    this.timeToLive = timeToLive;
  }

  void start() {
    var unused =
        schedule.scheduleAtFixedRate(
            this::next, 0, (long) (TimeUnit.SECONDS.toNanos(1) / perSecond), TimeUnit.NANOSECONDS);
  }

  /** Ends the creations, and waits for what follows those that have been. */
  @Override
  public void close() {
    schedule.shutdown();
    try {
      var unused = schedule.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    underWay.arriveAndAwaitAdvance();
  }

  /** Throws nothing, for that would be the end of the schedule. */
  private void next() {
    underWay.register();
    var unused =
        CompletableFuture.completedFuture(number++)
            .thenCompose(this::life)
            .whenComplete((end, failure) -> underWay.arriveAndDeregister());
  }

  private CompletableFuture<Void> life(long number) {
    var name = "soak-" + number;
    return switch ((int) (number % 10)) {
      case 0 -> startedByHttp(name);
      case 5 ->
          creation(
              name,
              "start and wait",
              () -> http.startAndWait(name, durations.next(), durations.next()));
      case 1, 6 -> created(name).thenCompose(job -> edited(name));
      case 2, 7 -> created(name).thenCompose(job -> suspended(name));
      default -> created(name);
    };
  }

  private CompletableFuture<Void> startedByHttp(String name) {
    var job = "job-" + name;
    return creation(job, "start", () -> http.start(name))
        .thenCompose(started -> later(1, "poll by name", () -> http.pollName(name)))
        .thenCompose(polled -> later(1, "poll", () -> http.poll(job)))
        .thenCompose(polled -> later(1, "list", http::list))
        .thenCompose(listed -> later(1, "unknown path", () -> http.askForNothing(name)));
  }

  private CompletableFuture<Void> edited(String name) {
    return later(1, "edit", () -> edit(name, inProgress(durations.next())));
  }

  private CompletableFuture<Void> suspended(String name) {
    return later(1, "suspend", () -> edit(name, "\"suspend\": true"))
        .thenCompose(suspended -> later(2, "resume", () -> edit(name, "\"suspend\": false")));
  }

  private CompletableFuture<Void> created(String name) {
    return creation(
        name,
        "create",
        () ->
            api.create(
                    namespace.name(),
                    NewJob.of(name, durations.next(), durations.next(), timeToLive))
                .thenAccept(answer -> {}));
  }

  private CompletableFuture<Void> edit(String name, String fields) {
    return api.send(
            "PATCH",
            BareClient.jobs(namespace.name()) + "/" + name,
            "application/merge-patch+json",
            "{\"spec\": {%s}}".formatted(fields))
        .thenAccept(answer -> {});
  }

  private CompletableFuture<Void> creation(
      String job, String kind, Supplier<CompletableFuture<Void>> request) {
    ledger.asked(job);
    return counted(kind, CompletableFuture.completedFuture(null), request)
        .thenRun(() -> ledger.acknowledged(job));
  }

  /** Goes on whether or not it is answered as it should be. */
  private CompletableFuture<Void> later(
      int seconds, String kind, Supplier<CompletableFuture<Void>> request) {
    Executor delay = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS);
    return counted(kind, CompletableFuture.runAsync(() -> {}, delay), request)
        .exceptionally(failure -> null);
  }

  /** A failure of the request, of whatever sort, is written down. */
  private CompletableFuture<Void> counted(
      String kind, CompletableFuture<Void> begin, Supplier<CompletableFuture<Void>> request) {
    return begin
        .thenCompose(now -> request.get().orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                ledger.refused(kind);
              }
            });
  }

  private static String inProgress(Duration duration) {
    return "\"inProgressDuration\": \"%dms\"".formatted(duration.toMillis());
  }
}
