package dev.asyncjob.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Many random histories. One that fails prints its seed and what happened; {@code
 * -Dsimulation.seed=...} runs that one again, {@code -Dsimulation.histories=...} runs as many.
 */
class SimulationTest {
  private static final long ALWAYS_THE_SAME = 4711;
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
      Invariants.check(world);
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
}
