package dev.asyncjob.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThirdPartyJobIdTest {
  /** The expected values are those of uuid.uuid5 in Python. */
  @ParameterizedTest
  @CsvSource({
    "7d444840-9dc0-11d1-b245-5ffdce74fad2, 1, 72855ce0-f647-5a90-91a9-b312e249e7af",
    "7d444840-9dc0-11d1-b245-5ffdce74fad2, 2, 34fd7cfd-b553-5ed2-91fd-3d63d6a64368",
    "d349c562-53ea-41ef-a1b9-8f0d4be22e4f, 12, e68497c1-faca-564e-bd80-9f18fb1c2047"
  })
  void isAUuidOfVersion5(String uid, int attempt, String id) {
    assertThat(ThirdPartyJobId.of(uid, attempt)).isEqualTo(id);
  }
}
