package dev.asyncjob;

import dev.asyncjob.controller.AsyncJobController;
import dev.asyncjob.controller.Cluster;
import dev.asyncjob.controller.StartupException;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.settings.Settings;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: puts the parts together, starts them, and stops them in order. */
public final class Main {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
  private static final int FAULT = 1;
  private static final int BAD_SETTINGS = 2;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    var request = Settings.read(List.of(arguments), System.getenv());
    if (request instanceof Settings.Request.Run run) {
      configureLogging(run.settings());
      new Program(run.settings()).run();
    } else if (request instanceof Settings.Request.Print print) {
      System.out.println(print.text());
    } else if (request instanceof Settings.Request.Refuse refuse) {
      System.err.println(refuse.line());
      System.exit(BAD_SETTINGS);
    }
  }

  /** Before the first logger is made: log4j2.xml reads these. */
  private static void configureLogging(Settings settings) {
    System.setProperty("asyncjob.log.format", settings.logFormat().name());
    System.setProperty("asyncjob.log.level", settings.logLevel().name());
    System.setProperty(
        "JAVA_OPERATOR_SDK_USE_MDC", "false"); // A line says itself which job it is of.
  }

  /** Loaded after the logging is configured. */
  private static final class Program {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private final Settings settings;
    private final AtomicInteger exitCode = new AtomicInteger();

    Program(Settings settings) {
      this.settings = settings;
    }

    void run() throws InterruptedException {
      var client = Cluster.connect();
      var controller =
          new AsyncJobController(
              client,
              settings.namespaces(),
              new Lifecycle(settings.defaults()),
              Clock.systemUTC(),
              this::fail);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(controller), "shutdown"));
      LOG.info(
          "AsyncJob operator {} starts, for {} of {}",
          Settings.version(),
          namespaces(),
          client.getMasterUrl());
      try {
        controller.start();
      } catch (StartupException e) {
        LOG.debug("cannot start", e);
        fail(e.reason());
        return;
      }
      LOG.info("ready after {} ms", ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private String namespaces() {
      return settings.namespaces().isEmpty()
          ? "all namespaces"
          : "namespaces " + String.join(", ", settings.namespaces());
    }

    private void fail(String reason) {
      if (exitCode.compareAndSet(0, FAULT)) {
        LOG.error("{}; exit code {}", reason, FAULT);
        // Not on this thread, which the shutdown may have to wait for.
        new Thread(() -> System.exit(FAULT), "exit").start();
      }
    }

    private void stop(AsyncJobController controller) {
      try {
        var code = exitCode.get();
        if (!controller.stop(DRAIN_LIMIT)) {
          LOG.warn("some writes did not end within {} s", DRAIN_LIMIT.toSeconds());
        }
        if (code == 0) {
          LOG.info("stopped; exit code 0");
        }
        LogManager.shutdown();
        // Halt, since a signal would end the JVM with 128 + its number.
        Runtime.getRuntime().halt(code);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
