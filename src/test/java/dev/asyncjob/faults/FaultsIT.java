package dev.asyncjob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.history.History.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The promise of the README, whatever breaks: a job whose apply was answered reaches its end, each
 * state once, none early. An hour of it: {@code -Dfaults.seconds=3600}; see {@link Options}.
 */
class FaultsIT {
  /** For what is owed when the last fault is healed; a watch may have been dead until then. */
  private static final Duration RECOVERY = Duration.ofMinutes(4);

  /** Half-open watches are noticed after a minute and a half. */
  private static final Duration SHORT = Duration.ofMinutes(5);

  @Test
  void nothingIsLostNothingEarlyNothingTwice() throws Exception {
    var options = Options.read();
    System.out.println("Faults: " + options);
    try (var stage = Stage.start(options.libfaketime())) {
      var clocks = new ClockFaults(stage);
      var faults = faults(stage, clocks, options);
      var random = new Random(options.seed());
      var breaker = new Breaker(new Plan(faults, random), new Probe(stage), random);
      List<Occurrence> occurrences;
      List<String> lost;
      try (var users = new Users(stage, options.seed(), options.rate())) {
        occurrences = breaker.run(options.time());
        users.stop();
        lost = users.lost();
      }
      var settled = Instant.now();
      Awaitility.await()
          .alias("all that is owed is done")
          .atMost(RECOVERY)
          .until(() -> stage.history().unfinished(settled) == 0);
      assertThat(stage.observer().caughtUp(RECOVERY)).as("all is in the history").isTrue();
      var violations =
          stage
              .history()
              .violations(new Ending(clocks.lies(), settled, Optional.of(Stage.TIME_TO_LIVE)));
      var report = Summary.of(stage, options, occurrences, violations);
      System.out.println("Faults: " + report.write(options.folder()));

      violations.forEach(violation -> System.out.println("Faults: " + violation));

      assertThat(lost).as("started by HTTP and not there").isEmpty();
      assertThat(violations).isEmpty();
      assertThat(stage.observer().gaps()).as("versions that nobody saw").isZero();
    }
  }

  private static List<Fault> faults(Stage stage, ClockFaults clocks, Options options) {
    var faults = new ArrayList<Fault>();
    faults.addAll(OperatorFaults.on(stage));
    faults.addAll(ApiServerFaults.on(stage));
    faults.addAll(WatchFaults.on(stage));
    faults.addAll(EtcdFaults.on(stage));
    faults.addAll(NetworkFaults.on(stage));
    faults.addAll(ObjectFaults.on(stage));
    if (options.libfaketime().isPresent()) {
      faults.addAll(clocks.all());
    } else {
      System.out.println("Faults: none of clocks: no -Dfaults.faketime=<libfaketime.so.1>");
    }
    faults.removeIf(fault -> !fault.kind().contains(options.only()));
    if (options.only().isEmpty() && options.time().compareTo(SHORT) < 0) {
      faults.removeIf(fault -> fault.what().equals(WatchFaults.HALF_OPEN));
    }
    assertThat(faults).as("faults named *%s*", options.only()).isNotEmpty();
    return faults;
  }
}
