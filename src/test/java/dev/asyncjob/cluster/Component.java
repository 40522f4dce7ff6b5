package dev.asyncjob.cluster;

import java.time.Duration;
import java.util.List;

/**
 * One server of the control plane: can be killed, paused, and started again on the same data and
 * port.
 *
 * <p>After a start, {@link ControlPlane#awaitReady()} tells when the API answers again.
 */
public final class Component implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final String name;
  private final int port;
  private final LogFile log;
  private final List<String> command;
  private ChildProcess process;

  private Component(String name, int port, LogFile log, List<String> command) {
    this.name = name;
    this.port = port;
    this.log = log;
    this.command = command;
    this.process = ChildProcess.start(command, log::redirect);
  }

  static Component start(String name, int port, LogFile log, List<String> command) {
    var component = new Component(name, port, log, command);
    component.awaitOpenPort();
    return component;
  }

  /** Starts the server again; it must have been killed before. */
  public void start() {
    if (process.isAlive()) {
      throw new IllegalStateException(name + " runs already");
    }
    process = ChildProcess.start(command, log::redirect);
    awaitOpenPort();
  }

  /** SIGKILL. */
  public void kill() {
    process.kill();
  }

  /** SIGTERM, and waits for the end. */
  public void terminate(Duration limit) {
    process.terminate(limit);
  }

  /** SIGSTOP: connections stay open, nobody answers. */
  public void pause() {
    process.pause();
  }

  /** SIGCONT. */
  public void resume() {
    process.resume();
  }

  public long pid() {
    return process.pid();
  }

  public int port() {
    return port;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.close();
  }

  IllegalStateException failure(String what) {
    return new IllegalStateException(
        "%s %s; the end of its log:%n%s".formatted(name, what, log.tail()));
  }

  private void awaitOpenPort() {
    if (!Poll.until(START_LIMIT, () -> !isAlive() || Ports.isOpen(port))) {
      throw failure(
          "does not listen on port %d after %d s".formatted(port, START_LIMIT.toSeconds()));
    }
    if (!isAlive()) {
      throw failure("ended at once");
    }
  }
}
