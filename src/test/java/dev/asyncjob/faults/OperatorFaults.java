package dev.asyncjob.faults;

import static dev.asyncjob.faults.Fault.Place.Operator;

import dev.asyncjob.faults.Fault.Breakage;
import dev.asyncjob.faults.Fault.Healing;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens to an operator's process, and to the lease that says which one writes. */
final class OperatorFaults {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LONGER_THAN_THE_LEASE = Duration.ofSeconds(8);
  private static final Duration TWO_WRITE = Duration.ofSeconds(6);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  /** As much as the API server takes of one job. */
  private static final int HUGE = 1 << 20;

  private static final int MOST_HUGE_JOBS = 80;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration EXHAUSTED = Duration.ofSeconds(5);

  private final Stage stage;

  private OperatorFaults(Stage stage) {
    this.stage = stage;
  }

  static List<Fault> on(Stage stage) {
    var faults = new OperatorFaults(stage);
    return List.of(
        fault("kill -9 of the leader", AT_ONCE, faults::kill),
        fault("kill -9 of both", AT_ONCE, faults::killBoth),
        fault("SIGTERM", AT_ONCE, faults::terminate),
        fault("SIGSTOP for longer than the lease", LONGER_THAN_THE_LEASE, faults::pause),
        fault("heap exhausted by huge jobs", EXHAUSTED, faults::exhaustHeap),
        fault("two leaders: the lease taken away", AT_ONCE, faults::takeLease),
        fault("two leaders: one more without election", TWO_WRITE, faults::addUnelected));
  }

  private static Fault fault(String what, Duration hold, Breakage breakage) {
    return new Fault(Operator, what, hold, breakage);
  }

  private Healing kill(Random random) {
    stage.operators().leader(random).process().kill();
    return Healing.NONE;
  }

  private Healing killBoth(Random random) {
    stage.operators().all().forEach(replica -> replica.process().kill());
    return Healing.NONE;
  }

  private Healing terminate(Random random) {
    stage.operators().leader(random).process().terminate(STOP_LIMIT);
    return Healing.NONE;
  }

  private Healing pause(Random random) {
    var process = stage.operators().leader(random).process();
    process.pause();
    return process::resume;
  }

  /** Until one of the operators has ended of it. */
  private Healing exhaustHeap(Random random) {
    var ends = stage.operators().ends();
    var created = new ArrayList<Jobs.Created>();
    while (stage.operators().ends() == ends && created.size() < MOST_HUGE_JOBS) {
      var spec = "{\"outcome\": {\"output\": \"%s\"}}".formatted("x".repeat(HUGE));
      var name = "huge-%x-%d".formatted(random.nextInt(), created.size());
      try {
        created.add(stage.jobs().create(stage.home().name(), name, spec));
      } catch (KubernetesClientException e) {
        break; // As many as the API server takes.
      }
    }
    return () -> created.forEach(job -> Retried.until(LIMIT, () -> stage.jobs().delete(job)));
  }

  /** The holder finds it so when it next renews. */
  private Healing takeLease(Random random) {
    try {
      stage
          .client()
          .leases()
          .inNamespace(stage.home().name())
          .withName(Operators.LEASE)
          .edit(
              lease -> {
                lease.getSpec().setHolderIdentity("");
                return lease;
              });
    } catch (KubernetesClientException e) {
      // The holder renewed it at the same moment.
    }
    return Healing.NONE;
  }

  private Healing addUnelected(Random random) {
    return stage.operators().startUnelected()::close;
  }
}
