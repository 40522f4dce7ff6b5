package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private static final Trend FLAT = new Trend(200, 200.25);

  /** Each figure that is judged has moved like this. */
  static Measurements all(Trend trend) {
    var trends = new EnumMap<Figure, Trend>(Figure.class);
    Arrays.stream(Figure.values())
        .filter(figure -> figure.margin().isPresent())
        .forEach(figure -> trends.put(figure, trend));
    return new Measurements(500, 500, trends);
  }

  @Test
  void ofTenSamplesOneMayBeMissing() {
    var trends = all(FLAT).trends();

    assertThat(new Measurements(500, 450, trends).problems()).isEmpty();
    assertThat(new Measurements(500, 449, trends).problems())
        .containsExactly("too few samples: 449 taken of 500 planned");
  }

  @Test
  void whatIsNotMeasuredIsNotFlat() {
    var trends = new EnumMap<>(all(FLAT).trends());
    trends.remove(Figure.HEAP);

    assertThat(new Measurements(500, 500, trends).problems())
        .containsExactly("not measured: live heap, MiB");
  }

  @Test
  void whatGrowsIsNamed() {
    var trends = new EnumMap<>(all(FLAT).trends());
    trends.put(Figure.RESIDENT, new Trend(200, 210.5));
    var measurements = new Measurements(500, 500, trends);

    assertThat(measurements.problems())
        .containsExactly(
            "not flat: resident memory, MiB, 200 in the second quarter, 210.5 in the last one");
    assertThat(measurements.table())
        .contains("\n| resident memory, MiB | 200 | 210.5 | 5 % | **no** |\n");
  }

  @Test
  void theHeapIsInSamplesOfItsOwn() {
    var samples = new ArrayList<Sample>();
    for (var second = 1; second <= 8; second++) {
      var value = (double) second;
      samples.add(new Sample(Duration.ofSeconds(second), Map.of(Figure.RESIDENT, value)));
    }
    samples.add(new Sample(Duration.ofMillis(2_100), Map.of(Figure.HEAP, 20.0)));
    samples.add(new Sample(Duration.ofMillis(8_100), Map.of(Figure.HEAP, 21.0)));

    var measurements = Measurements.of(samples, 9, Duration.ofSeconds(8));

    assertThat(measurements.planned()).isEqualTo(9);
    assertThat(measurements.taken()).isEqualTo(8);
    assertThat(measurements.trends())
        .isEqualTo(Map.of(Figure.RESIDENT, new Trend(2.5, 7), Figure.HEAP, new Trend(20, 21)));
  }

  @Test
  void withoutSamplesNothingIsMeasured() {
    assertThat(Measurements.of(List.of(), 9, Duration.ofSeconds(8)).problems())
        .contains("too few samples: 0 taken of 9 planned", "not measured: open file descriptors")
        .noneMatch(problem -> problem.startsWith("not flat"));
  }
}
