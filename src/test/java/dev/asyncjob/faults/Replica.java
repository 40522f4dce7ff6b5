package dev.asyncjob.faults;

import dev.asyncjob.cluster.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One operator, started again whenever it ends, as a Deployment does with a Pod. */
final class Replica implements AutoCloseable {
  private static final Duration RESTART_AFTER = Duration.ofSeconds(1);

  private final String name;
  private final Path clock;
  private final Supplier<OperatorProcess> start;
  private final AtomicInteger ends = new AtomicInteger();
  private volatile OperatorProcess process;
  private volatile boolean isClosed;

  /**
   * Starts it.
   *
   * @param clock where libfaketime reads how far ahead the clock of this one is
   */
  Replica(String name, Path clock, Supplier<OperatorProcess> start) {
    this.name = name;
    this.clock = clock;
    this.start = start;
    setClock(Duration.ZERO);
    process = start();
  }

  String name() {
    return name;
  }

  OperatorProcess process() {
    return process;
  }

  /** How often it has ended. */
  int ends() {
    return ends.get();
  }

  /** How far ahead its clock is from now on, or behind if that is negative. */
  void setClock(Duration ahead) {
    try {
      // Renamed, so that nobody ever reads half of it.
      var next = clock.resolveSibling(clock.getFileName() + ".next");
      Files.writeString(next, "%+.3f%n".formatted(ahead.toMillis() / 1e3));
      Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OperatorProcess start() {
    var started = start.get();
    var unused =
        started
            .onExit()
            .thenRunAsync(
                this::startAgain,
                CompletableFuture.delayedExecutor(RESTART_AFTER.toMillis(), TimeUnit.MILLISECONDS));
    return started;
  }

  private synchronized void startAgain() {
    if (!isClosed) {
      ends.incrementAndGet();
      process = start();
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    process.close();
  }
}
