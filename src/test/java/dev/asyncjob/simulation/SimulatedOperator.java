package dev.asyncjob.simulation;

import dev.asyncjob.lifecycle.Defaults;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.lifecycle.Step;
import dev.asyncjob.simulation.Change.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An operator around the real lifecycle: a cache that the watch fills, its own writes that the
 * watch has yet to deliver, one pass at a time for each job, a timer for each job, a sweep every
 * minute, and a clock of its own.
 */
final class SimulatedOperator {
  private static final long WATCH_DELAY = 5;
  private static final long AFTER_CONFLICT = 200;
  private static final long REQUEST_TIMEOUT = 3_000;
  private static final long SWEEP_INTERVAL = 60_000;

  private final String name;
  private final World world;
  private final Lifecycle lifecycle;
  private final Optional<Duration> timeToLive;
  private final Map<String, StoredJob> cache = new HashMap<>();
  private final SimulatedOwnWrites ownWrites = new SimulatedOwnWrites();
  private final Map<String, Long> timers = new HashMap<>();
  private final Set<String> inPass = new HashSet<>();
  private final Set<String> changedInPass = new HashSet<>();

  /** Counts the lives: what was planned in one life does not happen in the next. */
  private long life;

  private boolean isUp;
  private long timersSet;
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
    return World.BEGIN.plusMillis(world.now()).plus(clockError);
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
      timers.clear();
      inPass.clear();
      changedInPass.clear();
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
          for (var job : cache.values()) {
            var step = lifecycle.next(job.read(), clock());
            if (step instanceof Step.Write || step instanceof Step.Delete) {
              wakeSoon(job.name());
            }
          }
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
    } else {
      learn(change.after());
    }
  }

  /** The framework takes no notice of a change of the status alone. */
  private void learn(StoredJob job) {
    var known = cache.put(job.name(), job);
    ownWrites.delivered(job);
    if (known == null || known.generation() != job.generation() || !known.uid().equals(job.uid())) {
      wakeSoon(job.name());
    }
  }

  private void wakeSoon(String job) {
    inThisLife(0, () -> wake(job));
  }

  private void wakeAfter(String job, long millis) {
    var timer = ++timersSet;
    timers.put(job, timer);
    Runnable ring =
        () -> {
          if (timers.getOrDefault(job, 0L) == timer) {
            wake(job);
          }
        };
    if (!world.goesWrong(0.2)) {
      inThisLife(millis, ring);
    }
    if (world.goesWrong(0.1)) {
      inThisLife(millis + 1, ring);
    }
  }

  /** Begins a pass, unless there is one: then there will be another after it. */
  private void wake(String job) {
    var cached = cache.get(job);
    if (cached == null) {
      return;
    }
    if (inPass.add(job)) {
      timers.remove(job);
      proceed(ownWrites.newest(cached));
    } else {
      changedInPass.add(job);
    }
  }

  private void passEnds(String job) {
    Optional.ofNullable(cache.get(job)).ifPresent(ownWrites::delivered);
    inPass.remove(job);
    if (changedInPass.remove(job)) {
      wakeSoon(job);
    }
  }

  private void proceed(StoredJob job) {
    var clock = clock();
    var decision = new Decision(job, clock, timeToLive.orElse(Decision.FOR_EVER));
    var step = lifecycle.next(job.read(), clock);
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
          answer -> passEnds(job.name()));
    } else if (step instanceof Step.Wait wait) {
      var left = Duration.between(clock, wait.until()).plusNanos(999_999).toMillis();
      wakeAfter(job.name(), Math.max(0, left));
      passEnds(job.name());
    } else {
      passEnds(job.name());
    }
  }

  private void tryAgain(String job) {
    wakeAfter(job, AFTER_CONFLICT);
    passEnds(job);
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
