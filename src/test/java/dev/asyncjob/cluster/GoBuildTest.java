package dev.asyncjob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoBuildTest {

  @ParameterizedTest
  @CsvSource({
    "go1.26.8, true",
    "go1.26, true",
    "go1.27rc1, true",
    "go2.0, true",
    "go1.25.9, false",
    "go1.3, false",
    "devel go1.27-abc, true",
    "command not found, false",
  })
  void goMustBeNewEnough(String found, boolean enough) {
    assertThat(GoBuild.isEnough(found, "1.26")).isEqualTo(enough);
  }
}
