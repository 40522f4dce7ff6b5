package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  @Test
  void itIsOfTheMediansOfTwoQuarters() {
    assertThat(trend(100, 100, 100, 1, 2, 9, 50, 50, 50, 3, 7, 3)).isEqualTo(new Trend(2, 3));
    assertThat(trend(100, 100, 1, 2, 50, 50, 3, 7)).isEqualTo(new Trend(1.5, 5));
    assertThat(trend(1, 2, 3, 4)).isEqualTo(new Trend(2, 4));
    assertThat(trend(1, 2, 3, 4, 5)).isEqualTo(new Trend(2, 4.5));
  }

  @Test
  void fewerThanFourValuesHaveNoQuarters() {
    assertThatIllegalArgumentException().isThrownBy(() -> trend(1, 2, 3));
  }

  @Test
  void aMarginIsAPartOfTheFigure() {
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

  private static Trend trend(double... values) {
    return Trend.of(DoubleStream.of(values).boxed().toList());
  }
}
