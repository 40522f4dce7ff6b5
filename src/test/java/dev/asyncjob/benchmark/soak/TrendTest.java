package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrendTest {
  @Test
  void itIsOfTheMediansOfTwoQuarters() {
    assertThat(trend(100, 100, 100, 1, 2, 9, 50, 50, 50, 3, 7, 3)).contains(new Trend(2, 3));
    assertThat(trend(100, 100, 1, 2, 50, 50, 3, 7)).contains(new Trend(1.5, 5));
    assertThat(trend(1, 2, 3, 4)).contains(new Trend(2, 4));
  }

  /** A busy machine may leave some samples out, and takes the last ones late. */
  @Test
  void theQuartersAreThoseOfTheTime() {
    var values = new TreeMap<Duration, Double>();
    values.put(Duration.ofSeconds(24), 1.0);
    values.put(Duration.ofSeconds(25), 2.0);
    values.put(Duration.ofSeconds(49), 4.0);
    values.put(Duration.ofSeconds(50), 8.0);
    values.put(Duration.ofSeconds(74), 16.0);
    values.put(Duration.ofSeconds(75), 32.0);
    values.put(Duration.ofSeconds(101), 64.0);

    assertThat(Trend.of(values, Duration.ofSeconds(100))).contains(new Trend(3, 48));
  }

  @Test
  void aQuarterWithoutValuesHasNone() {
    assertThat(trend()).isEmpty();
    assertThat(Trend.of(new TreeMap<>(Map.of(Duration.ZERO, 1.0)), Duration.ofHours(1))).isEmpty();
    assertThat(trend(1, 2, 3)).isEmpty();
  }

  private static Optional<Trend> trend(double... values) {
    var byTime = new TreeMap<Duration, Double>();
    for (var value : values) {
      byTime.put(Duration.ofSeconds(byTime.size()), value);
    }
    return Trend.of(byTime, Duration.ofSeconds(values.length));
  }
}
