package dev.asyncjob.dotnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotNetDateTest {
  @ParameterizedTest
  @CsvSource({
    "2025-05-20T10:00:00Z,2025-05-20T10:00:00Z",
    "2025-05-20T10:00:00.1234567Z,2025-05-20T10:00:00.123456700Z",
    "2025-05-20T12:00:00+02:00,2025-05-20T10:00:00Z",
    "2025-05-20T12:00:00 02:00,2025-05-20T10:00:00Z",
    "2025-05-20T10:00:00 00:00,2025-05-20T10:00:00Z",
    "2025-05-20 12:00:00.5 02:00,2025-05-20T10:00:00.500Z",
    "05/20/2025 12:00:00  02:00,2025-05-20T10:00:00Z",
    "2025-05-20 02:00,2025-05-20T02:00:00Z",
    "2025-05-20T08:00:00-0200,2025-05-20T10:00:00Z",
    "2025-05-20T10:00:00,2025-05-20T10:00:00Z",
    "2025-05-20 10:00:00,2025-05-20T10:00:00Z",
    "2025-05-20T10:00,2025-05-20T10:00:00Z",
    "2025-05-20,2025-05-20T00:00:00Z",
    "2000-1-1,2000-01-01T00:00:00Z",
    "' 2025-05-20T10:00:00z ',2025-05-20T10:00:00Z",
    "5/20/2025 1:02:03 PM,2025-05-20T13:02:03Z",
    "05/20/2025 13:02:03,2025-05-20T13:02:03Z",
    "5/20/2025,2025-05-20T00:00:00Z",
  })
  void aDateIs(String text, Instant date) {
    assertThat(DotNetDate.parse(text)).contains(date);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2025-02-30",
        "2025-13-01",
        "2025-05-20T25:00:00Z",
        "13/32/2025",
        "2025-05-20T10:00:00+99:00",
        "2025-05-20T10:00:00Zx",
        "999999999999-01-01"
      })
  void noDateIs(String text) {
    assertThat(DotNetDate.parse(text)).isEmpty();
  }
}
