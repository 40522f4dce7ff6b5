package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapScheduleTest {
  @Test
  void fourTimesInEachQuarterThatIsJudgedAndNotBetween() {
    assertThat(due(500)).containsExactly(125, 133, 141, 149, 477, 485, 493, 500);
    assertThat(due(64)).containsExactly(16, 17, 18, 19, 61, 62, 63, 64);
  }

  /** And in no other quarter, however short the run. */
  @ParameterizedTest
  @ValueSource(ints = {5, 7, 30, 63, 90, 499})
  void atLeastOnceInEach(int samples) {
    var due = due(samples);

    assertThat(due)
        .allMatch(
            sample -> (4 * sample >= samples && 2 * sample < samples) || 4 * sample >= 3 * samples);
    assertThat(due).anyMatch(sample -> 2 * sample < samples).contains(samples);
  }

  private static List<Integer> due(int samples) {
    return IntStream.rangeClosed(1, samples)
        .filter(sample -> HeapSchedule.isDueAfter(sample, samples))
        .boxed()
        .toList();
  }
}
