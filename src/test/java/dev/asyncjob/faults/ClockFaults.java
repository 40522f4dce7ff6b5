package dev.asyncjob.faults;

import static dev.asyncjob.faults.Fault.Place.Clock;

import dev.asyncjob.faults.Fault.Breakage;
import dev.asyncjob.faults.Fault.Healing;
import dev.asyncjob.history.History.LyingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an operator takes for the time, by libfaketime. */
final class ClockFaults {
  private static final Duration AWHILE = Duration.ofSeconds(6);

  /** A process looks at its setting once a second, and lets a write out that it began before. */
  private static final Duration NOTICED = Duration.ofSeconds(2);

  private static final Duration HOUR = Duration.ofHours(1);
  private static final double RATE = 0.5;

  private final Stage stage;
  private final List<LyingClock> lies = new CopyOnWriteArrayList<>();

  ClockFaults(Stage stage) {
    this.stage = stage;
  }

  List<Fault> all() {
    return List.of(
        fault("an hour ahead, the leader's", random -> set(leader(random), HOUR)),
        fault("an hour behind, the leader's", random -> set(leader(random), HOUR.negated())),
        fault("an hour ahead, the standby's", random -> set(standby(random), HOUR)),
        fault("half as fast again", random -> drift(leader(random), RATE)),
        fault("half as fast", random -> drift(leader(random), -RATE)));
  }

  /** When which clock was wrong by how much. */
  List<LyingClock> lies() {
    return List.copyOf(lies);
  }

  private static Fault fault(String what, Breakage breakage) {
    return new Fault(Clock, what, AWHILE, breakage);
  }

  private Replica leader(Random random) {
    return stage.operators().leader(random);
  }

  private Replica standby(Random random) {
    var leader = leader(random);
    return stage.operators().all().stream().filter(r -> r != leader).findFirst().orElseThrow();
  }

  private Healing set(Replica replica, Duration ahead) {
    var from = Instant.now();
    replica.setClock(ahead);
    return () -> correct(replica, from, ahead);
  }

  private Healing drift(Replica replica, double rate) {
    var from = Instant.now();
    var drift = new Drift(replica, rate);
    return () -> {
      drift.close();
      correct(replica, from, drift.gained());
    };
  }

  /** Healed only when it is noticed: a job that is accepted before waits for the wrong time. */
  private void correct(Replica replica, Instant from, Duration ahead) throws InterruptedException {
    replica.setClock(Duration.ZERO);
    Thread.sleep(NOTICED.toMillis());
    var mostAhead = ahead.isNegative() ? Duration.ZERO : ahead;
    lies.add(new LyingClock(from, Instant.now(), mostAhead));
  }
}
