package dev.asyncjob.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program as a child process that never outlives this JVM, however the JVM ends. */
public final class ChildProcess implements AutoCloseable {

  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a command; {@code setup} adds environment, folder and redirections. Its standard input
   * is {@link #input()}.
   */
  public static ChildProcess start(List<String> command, Consumer<ProcessBuilder> setup) {
    var builder = new ProcessBuilder(OwnSession.commandAfterGo(command));
    setup.accept(builder);
    try {
      var process = builder.start();
      var pid = process.pid();
      // The program runs only once the guard knows of it: there is no moment at which the death of
      // the JVM goes unnoticed.
      Guard.watch(pid);
      var unused = process.onExit().thenRun(() -> Guard.forget(pid));
      var child = new ChildProcess(process);
      child.input().write("go\n".getBytes(StandardCharsets.US_ASCII));
      child.input().flush();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process id of the program itself. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit code. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Goes to the program's standard input; close it to tell the program that there is no more. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /** The program's standard output, when not redirected. */
  public BufferedReader output() {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /** Hands over each line of the program's standard output as it comes, on a thread of its own. */
  public void forEachLine(Consumer<String> action) {
    var thread =
        new Thread(
            () -> {
              try (var output = output()) {
                output.lines().forEach(action);
              } catch (IOException | UncheckedIOException e) {
                // Whoever ends the program closes its output, perhaps in the midst of a line, and
                // the program may end a moment later.
              }
            },
            "output of " + pid());
    thread.setDaemon(true);
    thread.start();
  }

  /** Stops the program where it is (SIGSTOP): its connections stay open and nobody answers. */
  public void pause() {
    signal("STOP");
    // Until one of its threads has had the processor to read the signal, the others go on.
    var status = Path.of("/proc", Long.toString(pid()), "status");
    if (Files.exists(status) && !Poll.until(STOP_LIMIT, () -> isStopped(status))) {
      throw new IllegalStateException("Process " + pid() + " does not stop");
    }
  }

  /** Lets a paused program go on (SIGCONT). */
  public void resume() {
    signal("CONT");
  }

  /** Ends the program without giving it a chance (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
    awaitExit(KILL_LIMIT);
  }

  /** Asks the program to end (SIGTERM) and returns its exit code. */
  public int terminate(Duration limit) {
    process.destroy();
    return awaitExit(limit);
  }

  /** Waits for the end of the program and returns its exit code; 128 + n if signal n ended it. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "Process " + pid() + " is still running after " + limit.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for process " + pid(), e);
    }
    return process.exitValue();
  }

  /** Kills the program if it still runs. */
  @Override
  public void close() {
    kill();
  }

  private static boolean isStopped(Path status) {
    try {
      return Files.readString(status).contains("\nState:\tT");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) {
    // The shell's own kill: small images have no kill program.
    try {
      var exit =
          new ProcessBuilder("sh", "-c", "kill -\"$0\" \"$1\"", name, Long.toString(pid()))
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException("Process " + pid() + " is gone: no SIG" + name + " sent");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending SIG" + name, e);
    }
  }
}
