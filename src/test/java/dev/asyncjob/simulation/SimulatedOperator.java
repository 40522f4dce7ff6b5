package dev.asyncjob.simulation;

import dev.asyncjob.controller.Agenda;
import dev.asyncjob.history.Change;
import dev.asyncjob.history.Decision;
import dev.asyncjob.history.StoredJob;
import dev.asyncjob.lifecycle.Defaults;
import dev.asyncjob.lifecycle.Job;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.lifecycle.SpecBuilder;
import dev.asyncjob.lifecycle.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An operator around the real lifecycle and the real agenda: a cache that the watch fills, its own
 * writes that the watch has yet to deliver, one pass at a time for each job, a sweep every minute,
 * and a clock of its own.
 */
final class SimulatedOperator {
  private static final long WATCH_DELAY = 5;
  private static final long AFTER_CONFLICT = 200;
  private static final long REQUEST_TIMEOUT = 3_000;
  private static final long SWEEP_INTERVAL = 60_000;
  private static final long LONGEST_SLEEP = 1_000;

  private final String name;
  private final World world;
  private final Lifecycle lifecycle;
  private final Optional<Duration> timeToLive;
  private final Map<String, StoredJob> cache = new HashMap<>();
  private final SimulatedOwnWrites ownWrites = new SimulatedOwnWrites();
  private Agenda agenda = new Agenda();

  /** Counts the lives: what was planned in one life does not happen in the next. */
  private long life;

  private boolean isUp;
  private long sleeps;
  private Duration clockError;

  SimulatedOperator(String name, World world) {
    this.name = name;
    this.world = world;
    timeToLive =
        world.random.nextInt(4) == 0 ? Optional.of(Duration.ofSeconds(20)) : Optional.empty();
    lifecycle =
        new Lifecycle(
            new Defaults(
                Duration.ofSeconds(world.random.nextInt(20)),
                Duration.ofSeconds(world.random.nextInt(20)),
                timeToLive));
    clockError = Duration.ofNanos(world.random.nextInt(1_000_000));
    if (world.goesWrong(0.5)) {
      stepClock();
    }
    world.after(world.random.nextInt(2_000), this::start);
    planTrouble();
  }

  private void planTrouble() {
    if (world.trouble > 0) {
      world.after(
          (long) (world.random.nextInt(60_000) / world.trouble),
          () -> {
            if (world.isTroubled()) {
              strike();
              planTrouble();
            }
          });
    }
  }

  private void strike() {
    switch (world.random.nextInt(3)) {
      case 0 -> crash();
      case 1 -> stepClock();
      default -> relist();
    }
  }

  private Instant clock() {
    return world.time().plus(clockError);
  }

  private void stepClock() {
    clockError =
        Duration.ofMillis(world.random.nextInt(120_000) - 60_000)
            .plusNanos(world.random.nextInt(1_000_000));
  }

  private void crash() {
    if (isUp) {
      isUp = false;
      life++;
      cache.clear();
      ownWrites.clear();
      agenda = new Agenda();
      world.after(world.random.nextInt(40_000), this::start);
    }
  }

  private void start() {
    if (!isUp) {
      isUp = true;
      relist();
      sweepLater();
    }
  }

  /** Nothing goes wrong any more. */
  void recover() {
    start();
    world.after(20_000, this::relist); // The last of what is late has come by then.
  }

  private void relist() {
    if (isUp) {
      var jobs = world.server.list();
      cache.keySet().retainAll(jobs.stream().map(StoredJob::name).toList());
      jobs.forEach(this::learn);
    }
  }

  private void sweepLater() {
    inThisLife(
        SWEEP_INTERVAL,
        () -> {
          cache.values().stream().filter(job -> !agenda.contains(job.name())).forEach(this::plan);
          sweepLater();
        });
  }

  /** An event of the watch: in trouble it may come late, twice, never, and after a younger one. */
  void watch(Change change) {
    if (!world.isTroubled()) {
      world.after(WATCH_DELAY, () -> learn(change));
      return;
    }
    if (!world.goesWrong(0.1)) {
      world.after(world.delay(), () -> learn(change));
    }
    if (world.goesWrong(0.1)) {
      world.after(world.delay(), () -> learn(change));
    }
  }

  private void learn(Change change) {
    if (!isUp) {
      return;
    }
    if (change.after() == null) {
      cache.remove(change.job().name());
      agenda.remove(change.job().name());
    } else {
      learn(change.after());
    }
  }

  private void learn(StoredJob job) {
    cache.put(job.name(), job);
    ownWrites.delivered(job);
    plan(job);
  }

  private void plan(StoredJob job) {
    lifecycle
        .dueTime(read(ownWrites.newest(job)), clock())
        .ifPresentOrElse(due -> agenda.put(job.name(), due), () -> agenda.remove(job.name()));
    inThisLife(0, this::work);
  }

  /** Takes what is due, and sleeps until the next one is, but never long: the clock may be set. */
  private void work() {
    for (var job = agenda.poll(clock()); job.isPresent(); job = agenda.poll(clock())) {
      pass(job.get());
    }
    var sleep = ++sleeps;
    agenda
        .next()
        .map(due -> Duration.between(clock(), due).plusNanos(999_999).toMillis())
        .ifPresent(
            left ->
                inThisLife(
                    Math.min(left, LONGEST_SLEEP),
                    () -> {
                      if (sleep == sleeps) {
                        work();
                      }
                    }));
  }

  private void pass(String job) {
    var cached = cache.get(job);
    if (cached == null) {
      agenda.done(job, Optional.empty());
    } else {
      proceed(ownWrites.newest(cached));
    }
  }

  private void passEnds(String job, Optional<Instant> next) {
    Optional.ofNullable(cache.get(job)).ifPresent(ownWrites::delivered);
    agenda.done(job, next);
    inThisLife(0, this::work);
  }

  private void proceed(StoredJob job) {
    var clock = clock();
    var decision = Decision.at(clock, job, timeToLive);
    var step = lifecycle.next(read(job), clock);
    if (step instanceof Step.Write write) {
      request(
          job.name(),
          () -> world.server.writeStatus(name, decision, write.status()),
          answer ->
              answer.ifPresentOrElse(
                  written -> {
                    ownWrites.add(job, written);
                    proceed(written);
                  },
                  () -> tryAgain(job.name())));
    } else if (step instanceof Step.Delete) {
      request(
          job.name(),
          () -> {
            world.server.delete(name, decision);
            return Optional.empty();
          },
          answer -> passEnds(job.name(), Optional.empty()));
    } else if (step instanceof Step.Wait wait) {
      passEnds(job.name(), Optional.of(wait.until()));
    } else {
      passEnds(job.name(), Optional.empty());
    }
  }

  /** The job as a program reads it. */
  private static Job read(StoredJob job) {
    return job.isReadable()
        ? new Job(job.uid(), job.generation(), job.spec(), Optional.empty(), job.status())
        : new Job(
            job.uid(),
            job.generation(),
            new SpecBuilder().build(),
            Optional.of("spec.queuedDuration: must be a duration"),
            job.status());
  }

  private void tryAgain(String job) {
    agenda.retry(job, clock().plusMillis(AFTER_CONFLICT));
    inThisLife(0, this::work);
  }

  /** A request: the operator may die before it, the answer may be lost, or find it dead. */
  private void request(
      String job, Supplier<Optional<StoredJob>> send, Consumer<Optional<StoredJob>> onAnswer) {
    if (world.goesWrong(0.1)) {
      crash();
      return;
    }
    var lifeOfRequest = life;
    world.after(
        world.delay(),
        () -> {
          var answer = send.get();
          if (life != lifeOfRequest) {
            return;
          }
          if (world.goesWrong(0.1)) {
            crash();
          } else if (world.goesWrong(0.1)) {
            inThisLife(REQUEST_TIMEOUT, () -> tryAgain(job));
          } else {
            inThisLife(world.delay(), () -> onAnswer.accept(answer));
          }
        });
  }

  private void inThisLife(long millis, Runnable action) {
    var current = life;
    world.after(
        millis,
        () -> {
          if (life == current && isUp) {
            action.run();
          }
        });
  }
}
