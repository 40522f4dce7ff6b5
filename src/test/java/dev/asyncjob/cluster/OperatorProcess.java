package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The operator's jar as a child process: the program that users run, with the image's options for a
 * quick start, and its output in a file.
 */
public final class OperatorProcess implements AutoCloseable {

  private static final String READY = "ready after ";
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final LogFile log;
  private final int httpPort;
  private final int managementPort;

  private OperatorProcess(ChildProcess process, LogFile log, int httpPort, int managementPort) {
    this.process = process;
    this.log = log;
    this.httpPort = httpPort;
    this.managementPort = managementPort;
  }

  /**
   * Starts the jar against a cluster, its two servers on free ports, and does not wait; {@code
   * settings} are environment variables.
   */
  static OperatorProcess start(
      Path kubeconfig,
      Path logFile,
      int httpPort,
      int managementPort,
      Map<String, String> settings,
      String... options) {
    var jar = Project.path("target/asyncjob-operator.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("No " + jar + ": run \"mvn package\" first");
    }
    var java = Jdk.program("java");
    var environment = new HashMap<String, String>();
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("ASYNCJOB_HTTP_ADDRESS", "127.0.0.1:" + httpPort);
    environment.put("ASYNCJOB_MANAGEMENT_ADDRESS", "127.0.0.1:" + managementPort);
    environment.putAll(settings);
    var command =
        new ArrayList<>(
            List.of(
                java,
                "-XX:SharedArchiveFile=" + ClassData.of(jar, java),
                "-XX:Flags=" + Project.path("src/image/flags"),
                "-jar",
                jar.toString()));
    command.addAll(List.of(options));
    var log = emptied(logFile);
    var process =
        ChildProcess.start(
            command,
            builder -> {
              // The settings of whoever runs the tests are not those of the tests.
              builder
                  .environment()
                  .keySet()
                  .removeIf(name -> name.startsWith("ASYNC") || name.startsWith("KUBE"));
              builder.environment().putAll(environment);
              log.redirect(builder);
            });
    return new OperatorProcess(process, log, httpPort, managementPort);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Completes with the exit code. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit();
  }

  /** Where the HTTP API listens, unless the settings say otherwise. */
  public URI http() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** Where health and metrics are served, unless the settings say otherwise. */
  public URI management() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  public Path logFile() {
    return log.path();
  }

  /** Of {@link #log()}, what came once it was ready: before, a busy API server may let it wait. */
  public String logSinceReady() {
    return log().replaceFirst("(?s)^.*?" + READY, "");
  }

  /** All that the process has written so far. */
  public String log() {
    return log.text();
  }

  /** Waits until the operator logs that it is ready; fails at once when the process ends. */
  public OperatorProcess awaitReady() {
    return awaitLog(READY, READY_LIMIT);
  }

  /** Waits until the log contains the text; fails at once when the process ends. */
  public OperatorProcess awaitLog(String text, Duration limit) {
    var ended = Poll.until(limit, () -> log.text().contains(text) || !isAlive());
    if (!log.text().contains(text)) {
      var state = ended ? "has ended" : "waited for " + limit.toSeconds() + " s";
      throw failure("The operator has not logged \"" + text + "\": " + state);
    }
    return this;
  }

  /** SIGKILL. */
  public void kill() {
    process.kill();
  }

  /** SIGTERM; returns the exit code. */
  public int terminate(Duration limit) {
    return process.terminate(limit);
  }

  /** SIGSTOP. */
  public void pause() {
    process.pause();
  }

  /** SIGCONT. */
  public void resume() {
    process.resume();
  }

  @Override
  public void close() {
    process.close();
  }

  IllegalStateException failure(String what) {
    return new IllegalStateException(
        "%s; the end of %s:%n%s".formatted(what, log.path(), log.tail()));
  }

  private static LogFile emptied(Path path) {
    try {
      Files.createDirectories(path.getParent());
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LogFile(path);
  }
}
