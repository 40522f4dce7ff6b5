package dev.asyncjob.e2e;

import dev.asyncjob.cluster.ChildProcess;
import dev.asyncjob.cluster.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Types commands as a user does, and keeps what is seen in a transcript. */
final class Terminal {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w.-]+");

  private final Path transcript;

  Terminal(Path transcript) {
    this.transcript = transcript;
    try {
      Files.createDirectories(transcript.getParent());
      Files.writeString(transcript, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command that must succeed prints. */
  String type(String command) {
    return typeWithInput(command, "");
  }

  /** Likewise, with a text as the command's standard input. */
  String typeWithInput(String command, String input) {
    write("$ " + command + "\n");
    var result = Command.run(words(command), input, LIMIT, builder -> {});
    write(TOKEN.matcher(result.stdout() + result.stderr() + "\n").replaceAll("eyJ..."));
    if (result.exitCode() != 0) {
      throw new AssertionError(
          "%s: exit code %d%n%s%s"
              .formatted(command, result.exitCode(), result.stdout(), result.stderr()));
    }
    return result.stdout();
  }

  /** Starts what does not end by itself and hands over each line of its output as it comes. */
  ChildProcess follow(String command, Consumer<String> onLine) {
    write("$ " + command + " &\n");
    var process = ChildProcess.start(words(command), builder -> builder.redirectErrorStream(true));
    process.forEachLine(onLine);
    return process;
  }

  private static List<String> words(String command) {
    return List.of("sh", "-c", "exec " + command);
  }

  private synchronized void write(String text) {
    try {
      Files.writeString(transcript, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
