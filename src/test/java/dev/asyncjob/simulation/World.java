package dev.asyncjob.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** One history: what happens next is the earliest of what has been planned. Nothing waits. */
final class World {
  static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00Z");

  /** How long things go wrong. */
  static final Duration TROUBLE = Duration.ofMinutes(3);

  /** How long they go right afterwards: enough for every job to finish. */
  static final Duration PEACE = Duration.ofMinutes(30);

  private static final long MORE_THAN_EVER_HAPPENS = 100_000;

  private record Plan(long at, long order, Runnable action) {}

  final Random random;
  final ApiServer server;
  final List<SimulatedOperator> operators = new ArrayList<>();

  /** How much goes wrong in this history: 0 to 1. */
  final double trouble;

  private final PriorityQueue<Plan> plans =
      new PriorityQueue<>(Comparator.comparingLong(Plan::at).thenComparingLong(Plan::order));
  private long now;
  private long planned;
  private long happened;

  World(long seed) {
    random = new Random(seed);
    trouble = random.nextInt(4) == 0 ? 0 : random.nextDouble();
    server = new ApiServer(this::time, change -> operators.forEach(o -> o.watch(change)));
    int count = 1 + random.nextInt(2);
    for (int n = 1; n <= count; n++) {
      operators.add(new SimulatedOperator("operator-" + n, this));
    }
    new SimulatedUsers(this).plan();
  }

  void run() {
    runUntil(TROUBLE);
    operators.forEach(SimulatedOperator::recover);
    runUntil(TROUBLE.plus(PEACE));
  }

  private void runUntil(Duration end) {
    while (!plans.isEmpty() && plans.peek().at() < end.toMillis()) {
      var next = plans.remove();
      if (++happened > MORE_THAN_EVER_HAPPENS) {
        throw new AssertionError("the operators are busy without end");
      }
      now = next.at();
      next.action().run();
    }
    now = end.toMillis();
  }

  long now() {
    return now;
  }

  Instant time() {
    return BEGIN.plusMillis(now);
  }

  boolean isTroubled() {
    return now < TROUBLE.toMillis();
  }

  void after(long millis, Runnable action) {
    plans.add(new Plan(now + millis, planned++, action));
  }

  /** Whether something goes wrong that does so this often when everything goes wrong. */
  boolean goesWrong(double likelihood) {
    return isTroubled() && random.nextDouble() < likelihood * trouble;
  }

  /** A short time, and sometimes a long one. */
  long delay() {
    return goesWrong(0.2) ? random.nextInt(8_000) : 1 + random.nextInt(20);
  }
}
