package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a child process writes its output; kept when it is started again. */
record LogFile(Path path) {

  private static final int TAIL_LINES = 15;

  void redirect(ProcessBuilder builder) {
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(path.toFile()));
  }

  String text() {
    try {
      // Decoded leniently: the last character may be half written.
      return Files.exists(path) ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines, for error messages. */
  String tail() {
    var lines = text().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }
}
