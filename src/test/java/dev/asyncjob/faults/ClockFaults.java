package dev.asyncjob.faults;

import static dev.asyncjob.faults.Fault.Place.Clock;

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

  private static final String TRUE = "+0 x1";

  private final Stage stage;
  private final List<LyingClock> lies = new CopyOnWriteArrayList<>();

  ClockFaults(Stage stage) {
    this.stage = stage;
  }

  List<Fault> all() {
    return List.of(
        fault("an hour ahead, the leader's", "+3600 x1", Duration.ofHours(1), true),
        fault("an hour behind, the leader's", "-3600 x1", Duration.ZERO, true),
        fault("an hour ahead, the standby's", "+3600 x1", Duration.ofHours(1), false),
        fault("fast by a tenth", "+0 x1.1", AWHILE, true),
        fault("slow by a tenth", "+0 x0.9", Duration.ZERO, true));
  }

  /** When which clock was wrong by how much. */
  List<LyingClock> lies() {
    return List.copyOf(lies);
  }

  private Fault fault(String what, String setting, Duration ahead, boolean ofLeader) {
    return new Fault(Clock, what, AWHILE, random -> set(replica(random, ofLeader), setting, ahead));
  }

  private Replica replica(Random random, boolean leader) {
    var leading = stage.operators().leader(random);
    return leader
        ? leading
        : stage.operators().all().stream().filter(r -> r != leading).findFirst().orElseThrow();
  }

  private Healing set(Replica replica, String setting, Duration ahead) {
    var from = Instant.now();
    replica.setClock(setting);
    return () -> {
      replica.setClock(TRUE);
      lies.add(new LyingClock(from, Instant.now().plus(NOTICED), ahead));
    };
  }
}
