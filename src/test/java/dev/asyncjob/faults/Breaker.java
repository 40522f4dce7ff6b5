package dev.asyncjob.faults;

import dev.asyncjob.faults.Fault.Healing;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Breaks one thing after the other as planned, and lets it come to life again in between. */
final class Breaker {
  private static final int LONGEST_PAUSE_MILLIS = 1500;

  private final Plan plan;
  private final Probe probe;
  private final Random random;
  private final List<Occurrence> occurrences = new ArrayList<>();

  private record Broken(Fault fault, Instant since, Healing healing) {}

  Breaker(Plan plan, Probe probe, Random random) {
    this.plan = plan;
    this.probe = probe;
    this.random = random;
  }

  /**
   * Begins no more once the time is over and each place had its fault; all is healed and live when
   * it returns.
   */
  List<Occurrence> run(Duration time) throws Exception {
    var end = Instant.now().plus(time);
    while (Instant.now().isBefore(end) || !plan.hasBrokenEveryPlace()) {
      occur(plan.next());
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS)); // The moment is what is tried here.
    }
    return occurrences;
  }

  private void occur(List<Fault> faults) throws Exception {
    Deque<Broken> broken = new ArrayDeque<>();
    try {
      for (var fault : faults) {
        breakIt(fault, broken);
      }
    } finally {
      heal(broken, faults.size() == 1);
    }
  }

  private void breakIt(Fault fault, Deque<Broken> broken) throws Exception {
    var since = Instant.now();
    System.out.printf("%s faults: %s%n", since, fault.kind());
    try {
      broken.push(new Broken(fault, since, fault.breakage().breakIt(random)));
      Thread.sleep(fault.hold(random).toMillis());
    } catch (KubernetesClientException e) {
      // What is broken already keeps it from being done.
      System.out.printf("%s faults: not done: %s%n", Instant.now(), e.getMessage());
    }
  }

  /** The newest first, as it stands on the others. */
  private void heal(Deque<Broken> broken, boolean alone) throws Exception {
    if (broken.isEmpty()) {
      return;
    }
    for (var one : broken) {
      one.healing().heal();
    }
    var healed = Instant.now();
    var live = probe.awaitLife();
    broken.forEach(
        one -> occurrences.add(new Occurrence(one.fault(), one.since(), healed, live, alone)));
    System.out.printf(
        "%s faults: healed after %d ms, live again after %d ms%n",
        live,
        Duration.between(broken.getLast().since(), healed).toMillis(),
        Duration.between(healed, live).toMillis());
  }
}
