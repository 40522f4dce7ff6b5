package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarningsTest {
  @Test
  void eachCountsOnce(@TempDir Path folder) throws IOException {
    var log = Files.writeString(folder.resolve("log"), "2026-11-26T10:00:00.000Z INFO  a WARN\n");
    var warnings = new Warnings(log);
    assertThat(warnings.count()).isZero();

    append(log, "2026-11-26T10:00:01.000Z WARN  b\n\tat c\n2026-11-26T10:00:02.000Z ERR");
    assertThat(warnings.count()).isEqualTo(1);

    append(log, "OR d\n");
    assertThat(warnings.count()).isEqualTo(2);
    assertThat(warnings.count()).isEqualTo(2);
  }

  private static void append(Path log, String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.APPEND);
  }
}
