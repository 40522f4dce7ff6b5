package dev.asyncjob.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-24T10:00:00Z, 2026-11-24T10:00:00.000Z",
    "2026-11-24T10:00:00.1Z, 2026-11-24T10:00:00.100Z",
    "2026-11-24T10:00:00.123Z, 2026-11-24T10:00:00.123Z",
    "2026-11-24T10:00:00.123000000Z, 2026-11-24T10:00:00.123Z",
    "2026-11-24T10:00:00.123000001Z, 2026-11-24T10:00:00.124Z", // finer: rounded up
    "2026-11-24T23:59:59.9991Z, 2026-11-25T00:00:00.000Z",
    "2026-11-24T10:00:00+02:00, 2026-11-24T08:00:00.000Z",
    "2026-11-24T10:00:00-17:59, 2026-11-25T03:59:00.000Z",
    "1969-12-31T23:59:59.9995Z, 1970-01-01T00:00:00.000Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000Z",
    "2199-12-31T23:59:59.999Z, 2199-12-31T23:59:59.999Z"
  })
  void isReadInAnyFormOfRfc3339AndWrittenWithThreeFractionDigits(String text, String written) {
    assertThat(InstantText.format(InstantText.parse(text))).isEqualTo(written);
    assertThat(InstantText.parse(written)).isEqualTo(InstantText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-24T10:00:00.999999999Z", "2026-11-24T10:00:00.000000001Z"})
  void isNeverReadAsAnEarlierMoment(String text) {
    assertThat(InstantText.parse(text)).isAfter(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-11-24",
        "2026-11-24T10:00:00",
        "2026-13-24T10:00:00Z",
        "2026-11-24T25:00:00Z",
        "2026-11-24T10:00:60Z",
        "2026-11-24T10:00:00+99:99",
        "1795512000"
      })
  void allElseIsRefused(String text) {
    assertThatExceptionOfType(DateTimeParseException.class)
        .isThrownBy(() -> InstantText.parse(text));
  }
}
