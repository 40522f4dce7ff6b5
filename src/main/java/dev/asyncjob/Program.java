package dev.asyncjob;

import dev.asyncjob.controller.AsyncJobController;
import dev.asyncjob.controller.Candidacy;
import dev.asyncjob.controller.Cluster;
import dev.asyncjob.controller.StartupException;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.settings.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together, starts them, and stops them in order. */
final class Program {
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(20);
  private static final int FAULT = 1;

  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  private final Settings settings;
  private final AtomicInteger exitCode = new AtomicInteger();

  Program(Settings settings) {
    this.settings = settings;
  }

  void run() throws InterruptedException {
    try {
      start(Cluster.connect(Optional.ofNullable(System.getenv("KUBECONFIG"))));
    } catch (StartupException e) {
      LOG.debug("cannot start", e);
      fail(e.reason());
    }
  }

  private void start(KubernetesClient client) throws StartupException, InterruptedException {
    var controller =
        new AsyncJobController(
            client,
            settings.namespaces(),
            new Lifecycle(settings.defaults()),
            Clock.systemUTC(),
            candidacy(client),
            this::fail);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(controller), "shutdown"));
    LOG.info(
        "AsyncJob operator {} starts, for {} of {}",
        Settings.version(),
        namespaces(),
        client.getMasterUrl());
    controller.start();
    LOG.info("ready after {} ms", ManagementFactory.getRuntimeMXBean().getUptime());
  }

  private Optional<Candidacy> candidacy(KubernetesClient client) {
    if (!settings.leaderElection()) {
      return Optional.empty();
    }
    var namespace = settings.leaseNamespace().orElseGet(() -> client.getNamespace());
    var host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("asyncjob-operator");
    return Optional.of(
        new Candidacy(namespace, settings.leaseName(), host + "_" + UUID.randomUUID()));
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
