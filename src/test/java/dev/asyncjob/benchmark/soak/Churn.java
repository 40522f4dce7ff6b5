package dev.asyncjob.benchmark.soak;

import dev.asyncjob.benchmark.BareClient;
import dev.asyncjob.benchmark.NewJob;
import dev.asyncjob.cluster.TestNamespace;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Jobs that come at a fixed rate, whatever becomes of the earlier ones, and each of which has a
 * name of its own: of ten two come over HTTP, two are edited, and two are suspended and let go on.
 */
final class Churn {
  private static final int SHORTEST_MILLIS = 2_000;
  private static final int LONGEST_MILLIS = 8_000;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final TestNamespace namespace;
  private final BareClient api;
  private final HttpUser http;
  private final Ledger ledger;
  private final double perSecond;
  private final int timeToLive;
  private final ScheduledExecutorService schedule = Executors.newScheduledThreadPool(1);
  private final Phaser underWay = new Phaser(1);
  private final Random random = new Random(1);
  private long number;

  Churn(TestNamespace namespace, URI operator, Ledger ledger, double perSecond, int timeToLive) {
    this.namespace = namespace;
    this.api = new BareClient(namespace.client());
    this.http = new HttpUser(operator);
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
  void stop() throws InterruptedException {
    schedule.shutdown();
    try {
      schedule.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS);
      underWay.awaitAdvanceInterruptibly(underWay.arrive(), LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(underWay.getUnarrivedParties() + " requests unanswered", e);
    }
  }

  private void next() {
    var name = "soak-" + number;
    var part = (int) (number % 10);
    number++;
    underWay.register();
    var unused = life(part, name).whenComplete((end, failure) -> underWay.arriveAndDeregister());
  }

  private CompletableFuture<Void> life(int part, String name) {
    return switch (part) {
      case 0 -> startedByHttp(name);
      case 5 ->
          creation(
              name,
              "start and wait",
              () -> http.startAndWait(name, randomDuration(), randomDuration()));
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
    return later(1, "edit", () -> edit(name, inProgress(randomDuration())));
  }

  private CompletableFuture<Void> suspended(String name) {
    return later(1, "suspend", () -> edit(name, "\"suspend\": true"))
        .thenCompose(suspended -> later(2, "resume", () -> edit(name, "\"suspend\": false")));
  }

  private CompletableFuture<Void> created(String name) {
    var job = NewJob.of(name, randomDuration(), randomDuration(), timeToLive);
    var body = namespace.client().getKubernetesSerialization().asJson(job);
    return creation(
        name,
        "create",
        () ->
            api.send("POST", BareClient.jobs(namespace.name()), "application/json", body)
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
    return request
        .get()
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                ledger.acknowledged();
              } else {
                ledger.notAcknowledged(job);
                ledger.refused(kind);
              }
            });
  }

  /** Goes on whether or not it is answered as it should be. */
  private CompletableFuture<Void> later(
      int seconds, String kind, Supplier<CompletableFuture<Void>> request) {
    Executor delay = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS);
    return CompletableFuture.runAsync(() -> {}, delay)
        .thenCompose(now -> request.get())
        .exceptionally(
            failure -> {
              ledger.refused(kind);
              return null;
            });
  }

  private static String inProgress(Duration duration) {
    return "\"inProgressDuration\": \"%dms\"".formatted(duration.toMillis());
  }

  private synchronized Duration randomDuration() {
    return Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS));
  }
}
