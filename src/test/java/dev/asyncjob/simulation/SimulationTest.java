package dev.asyncjob.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.history.Change;
import dev.asyncjob.history.Invariants;
import dev.asyncjob.history.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Many random histories. One that fails prints its seed and what happened; {@code
 * -Dsimulation.seed=...} runs that one again, {@code -Dsimulation.histories=...} runs as many.
 */
class SimulationTest {
  private static final long ALWAYS_THE_SAME = 4711;
  private static final Duration SILENCE = Duration.ofMinutes(10);
  private static final int HISTORIES = Integer.getInteger("simulation.histories", 3_000);

  @Test
  void inEveryHistoryTheInvariantsHold() {
    var seed = Long.getLong("simulation.seed");
    if (seed != null) {
      run(seed);
      return;
    }
    runFrom(ALWAYS_THE_SAME, HISTORIES / 2);
    var anew = new Random().nextLong();
    System.out.println("histories from -Dsimulation.seed=" + anew + " on");
    runFrom(anew, HISTORIES - HISTORIES / 2);
  }

  @Test
  void aHistoryFollowsFromItsSeed() {
    assertThat(changesOf(ALWAYS_THE_SAME)).isNotEmpty().isEqualTo(changesOf(ALWAYS_THE_SAME));
  }

  private static List<Change> changesOf(long seed) {
    var world = new World(seed);
    world.run();
    return world.server.changes();
  }

  private static void runFrom(long firstSeed, int histories) {
    for (int n = 0; n < histories; n++) {
      run(firstSeed + n);
    }
  }

  private static void run(long seed) {
    var world = new World(seed);
    try {
      world.run();
      check(world);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "history -Dsimulation.seed=%d: %s%n%nall of it:%n%s"
              .formatted(
                  seed,
                  e.getMessage(),
                  world.server.changes().stream()
                      .map(Change::toString)
                      .collect(Collectors.joining("\n"))),
          e);
    }
  }

  private static void check(World world) {
    var invariants = new Invariants();
    for (var change : world.server.changes()) {
      try {
        invariants.check(change);
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "\nin this change:\n" + change, e);
      }
    }
    var progress = new Progress(Instant.MAX, Optional.empty());
    for (var job : world.server.list()) {
      assertThat(progress.owed(job, world.time())).as("owed to %s", job).isEmpty();
    }
    var silence = world.time().minus(SILENCE);
    assertThat(world.server.changes())
        .as("silence in the end")
        .allMatch(change -> change.at().isBefore(silence));
  }
}
