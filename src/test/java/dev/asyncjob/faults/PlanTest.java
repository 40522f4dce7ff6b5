package dev.asyncjob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.faults.Fault.Healing;
import dev.asyncjob.faults.Fault.Place;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final List<Fault> FAULTS =
      Arrays.stream(Place.values())
          .flatMap(place -> Stream.of(fault(place, "one"), fault(place, "two")))
          .toList();

  @Test
  void eachPlaceComesFirstAndThenEachFault() {
    var plan = new Plan(FAULTS, new Random(1));
    var first = take(plan, Place.values().length);

    assertThat(plan.hasBrokenEveryPlace()).isTrue();
    assertThat(first)
        .allSatisfy(faults -> assertThat(faults).hasSize(1))
        .extracting(faults -> faults.get(0).place())
        .containsExactlyInAnyOrder(Place.values());
    assertThat(
            Stream.concat(first.stream(), take(plan, FAULTS.size() - first.size()).stream())
                .map(faults -> faults.get(0)))
        .containsExactlyInAnyOrderElementsOf(FAULTS);
  }

  @Test
  void aSeedIsAPlan() {
    assertThat(take(new Plan(FAULTS, new Random(7)), 100))
        .isEqualTo(take(new Plan(FAULTS, new Random(7)), 100))
        .anySatisfy(faults -> assertThat(faults).hasSize(2));
  }

  private static List<List<Fault>> take(Plan plan, int count) {
    return IntStream.range(0, count).mapToObj(i -> plan.next()).toList();
  }

  private static Fault fault(Place place, String what) {
    return new Fault(place, what, Duration.ZERO, random -> Healing.NONE);
  }
}
