package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A program that is run to its end. */
public final class Command {

  /** What a program that has ended said. */
  public record Result(int exitCode, String stdout, String stderr) {}

  private Command() {}

  /**
   * Runs a command with a text as its standard input; {@code setup} adds environment and folder.
   */
  public static Result run(
      List<String> command, String input, Duration limit, Consumer<ProcessBuilder> setup) {
    try {
      // Files, not pipes: nobody has to read them while the program runs.
      var stdout = Files.createTempFile(Guard.folder(), "command-", ".out");
      var stderr = Files.createTempFile(Guard.folder(), "command-", ".err");
      try (var process =
          ChildProcess.start(
              command,
              builder -> {
                builder.redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
                setup.accept(builder);
              })) {
        feed(process, input);
        var exitCode = process.awaitExit(limit);
        return new Result(exitCode, text(stdout), text(stderr));
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            String.join(" ", command) + ": " + e.getMessage() + "\n" + text(stderr), e);
      } finally {
        Files.delete(stdout);
        Files.delete(stderr);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * In a thread of its own: the pipe takes 64 KiB, then waits for a program that may never read.
   */
  private static void feed(ChildProcess process, String input) {
    var thread =
        new Thread(
            () -> {
              try (var stdin = process.input()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                // The program ended without reading all of it: its exit code tells why.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
