package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarginTest {
  @Test
  void itIsAPartOfTheFigure() {
    var margin = Margin.percent(5);

    assertThat(margin.holds(new Trend(200, 210))).isTrue();
    assertThat(margin.holds(new Trend(200, 210.1))).isFalse();
    assertThat(margin.holds(new Trend(200, 10))).isTrue();
    assertThat(margin).hasToString("5 %");
  }

  @Test
  void orANumber() {
    var margin = Margin.absolute(3);

    assertThat(margin.holds(new Trend(0, 3))).isTrue();
    assertThat(margin.holds(new Trend(40, 43))).isTrue();
    assertThat(margin.holds(new Trend(40, 44))).isFalse();
    assertThat(margin).hasToString("3");
  }
}
