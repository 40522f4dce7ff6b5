package dev.asyncjob.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "0s, PT0S, 0s",
    "0h0m0s0ms, PT0S, 0s",
    "1ms, PT0.001S, 1ms",
    "20s, PT20S, 20s",
    "90s, PT1M30S, 1m30s",
    "1500ms, PT1.5S, 1s500ms",
    "30s1m, PT1M30S, 1m30s",
    "1m1m1m1m, PT4M, 4m",
    "1h2m3s4ms, PT1H2M3.004S, 1h2m3s4ms",
    "00007s, PT7S, 7s",
    "99999h, PT99999H, 99999h",
    "99999ms, PT1M39.999S, 1m39s999ms",
    "99999h99999h99999h99999h, PT399996H, 99999h99999h99999h99999h",
    "99999h1h, PT100000H, 99999h1h",
    "99999h59m59s999ms, PT99999H59M59.999S, 99999h59m59s999ms"
  })
  void isReadAndWrittenCanonically(String text, Duration duration, String canonical) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
    assertThat(DurationText.format(duration)).isEqualTo(canonical);
    assertThat(DurationText.parse(canonical)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "PT100000H1M1S, 99999h1h1m1s", // just fits
    "PT100000H1M1.001S, 99999h2h", // five groups: up to the hour
    "PT199998H1M1S, 99999h99999h1m1s",
    "PT199998H1M1.001S, 99999h99999h1h",
    "PT399995H59M1S, 99999h99999h99999h99999h",
    "PT399996H0.001S, 99999h99999h99999h99999h", // more than can be written at all
    "PT876000H, 99999h99999h99999h99999h"
  })
  void whatDoesNotFitIsRoundedUpAsFarAsTheFormatReaches(Duration duration, String text) {
    assertThat(DurationText.format(duration)).isEqualTo(text).matches(DurationText.PATTERN);
    assertThat(DurationText.representable(duration)).isEqualTo(DurationText.parse(text));
  }

  @Test
  void aRepresentableDurationStaysAsItIs() {
    for (var text : new String[] {"0s", "1ms", "99999h59m59s999ms", "99999h99999h99999h99999h"}) {
      var duration = DurationText.parse(text);
      assertThat(DurationText.representable(duration)).isEqualTo(duration);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "20",
        "s",
        "1.5s",
        "-1s",
        "+1s",
        "1d",
        "1s ",
        " 1s",
        "1s\n",
        "1 s",
        "1S",
        "1us",
        "100000s",
        "1h1h1h1h1h",
        "PT1S",
        "abc 3s xyz",
        "٣s",
        "1.5d",
        "1m30"
      })
  void allElseIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse(text))
        .withMessage("must be a duration such as 1h30m, 20s or 500ms");
  }
}
