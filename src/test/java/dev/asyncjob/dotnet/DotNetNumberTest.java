package dev.asyncjob.dotnet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotNetNumberTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "1|1",
        "2.5|2.5",
        "1e1|10",
        "1e0|1",
        "+3|3",
        "-2|-2",
        " 4 |4",
        "1,500|1500",
        "1,5|15",
        ".5|0.5",
        "5.|5",
        "1E-3|0.001",
        "1e400|Infinity"
      })
  void aDoubleIs(String text, double number) {
    assertThat(DotNetNumber.parseDouble(text)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "abc",
        "1d",
        "0x10",
        "NaN",
        "Infinity",
        "1 2",
        "--1",
        ",5",
        "1.2.3",
        "e5",
        ".",
        "1,5.2,3"
      })
  void noDoubleIs(String text) {
    assertThat(DotNetNumber.parseDouble(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2,2", "' 7 ',7", "-1,-1", "+5,5", "2147483647,2147483647"})
  void anIntIs(String text, int number) {
    assertThat(DotNetNumber.parseInt(text)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.0", "1e1", "2147483648", "1,000", "٣"})
  void noIntIs(String text) {
    assertThat(DotNetNumber.parseInt(text)).isEmpty();
  }
}
