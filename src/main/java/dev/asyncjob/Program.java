package dev.asyncjob;

import dev.asyncjob.connection.Cluster;
import dev.asyncjob.connection.Preflight;
import dev.asyncjob.connection.Reason;
import dev.asyncjob.connection.StartupException;
import dev.asyncjob.controller.AsyncJobController;
import dev.asyncjob.http.HttpApi;
import dev.asyncjob.http.HttpAuth;
import dev.asyncjob.http.HttpSettings;
import dev.asyncjob.leadership.Candidacy;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.ops.Health;
import dev.asyncjob.ops.HttpMetrics;
import dev.asyncjob.ops.Management;
import dev.asyncjob.ops.Metrics;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.settings.Build;
import dev.asyncjob.settings.Settings;
import dev.asyncjob.store.JobCache;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
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
  private volatile Optional<HttpApi> httpApi = Optional.empty();

  Program(Settings settings) {
    this.settings = settings;
  }

  void run() throws InterruptedException {
    // A worker that dies of an Error leaves its job behind for good: only a new process helps.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, error) -> {
          LOG.error("thread {} died", thread.getName(), error);
          fail("the program is broken: " + error);
        });
    try {
      start(Cluster.connect(Optional.ofNullable(System.getenv("KUBECONFIG"))));
    } catch (StartupException e) {
      LOG.debug("cannot start", e);
      fail(e.reason());
    }
  }

  private void start(KubernetesClient client) throws StartupException, InterruptedException {
    var build = Build.read();
    var metrics = Metrics.registry(build.version(), build.revision());
    var health = new Health();
    var management =
        listening(
            "--management-address",
            settings.managementAddress(),
            address -> Management.start(address, health, metrics));
    var controller =
        new AsyncJobController(
            client,
            settings.namespaces(),
            new Lifecycle(settings.defaults()),
            Clock.systemUTC(),
            candidacy(client),
            metrics,
            health::beat,
            this::fail);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(controller, health), "shutdown"));
    LOG.info(
        "AsyncJob operator {} starts, for {} of {}",
        build.version(),
        namespaces(),
        client.getMasterUrl());
    LOG.info("health and metrics at {}", management.address());
    health.missing("the API server has not answered yet");
    new Preflight(client).check(settings.namespaces());
    health.missing("the jobs are not listed yet");
    controller.start();
    if (settings.http()) {
      serveHttp(client, controller, metrics);
    }
    health.ready();
    LOG.info("ready after {} ms", ManagementFactory.getRuntimeMXBean().getUptime());
  }

  private void serveHttp(
      KubernetesClient client, AsyncJobController controller, MeterRegistry metrics)
      throws StartupException {
    if (settings.isOpenToAll()) {
      LOG.warn("the HTTP API is open to everybody who can reach {}", settings.httpAddress());
    }
    var namespace = settings.httpNamespace().orElseGet(client::getNamespace);
    var hubs = new LinkedHashSet<>(List.of(namespace));
    hubs.addAll(settings.httpTaskHubs());
    warnOfUnwatched(hubs);
    var defaults = settings.defaults();
    var durations =
        new HttpSettings.Durations(defaults.queuedDuration(), defaults.inProgressDuration());
    var api =
        listening(
            "--http-address",
            settings.httpAddress(),
            address ->
                HttpApi.start(
                    new HttpSettings(
                        address,
                        httpAuth(),
                        namespace,
                        hubs,
                        settings.httpExternalUrl(),
                        settings.httpTrustForwarded(),
                        () -> durations),
                    client,
                    new WatchedJobs(controller),
                    Clock.systemUTC(),
                    new HttpMetrics(metrics)::answered));
    LOG.info(
        "HTTP API at http://{}:{}, for namespace {}, authentication {}",
        settings.httpAddress().getHostString(),
        api.port(),
        namespace,
        settings.httpAuth());
    httpApi = Optional.of(api);
  }

  private void warnOfUnwatched(Set<String> hubs) {
    if (!settings.namespaces().isEmpty()) {
      hubs.stream()
          .filter(hub -> !settings.namespaces().contains(hub))
          .forEach(
              hub ->
                  LOG.warn(
                      "jobs that the HTTP API starts in namespace {} wait for another operator: it"
                          + " is not one of --namespaces",
                      hub));
    }
  }

  /** Starts a server, or says in a sentence why it cannot listen there. */
  private static <S> S listening(
      String option, InetSocketAddress address, Function<InetSocketAddress, S> start)
      throws StartupException {
    try {
      return start.apply(address);
    } catch (JavalinException e) {
      throw new StartupException(
          "cannot listen on %s:%d: %s; choose another address with %s"
              .formatted(address.getHostString(), address.getPort(), Reason.of(e), option),
          e);
    }
  }

  private HttpAuth httpAuth() {
    return switch (settings.httpAuth()) {
      case kubernetes -> new HttpAuth.Kubernetes();
      case key -> new HttpAuth.Key(settings.httpKeyFile().orElseThrow());
      case anonymous -> new HttpAuth.Anonymous();
    };
  }

  /** The operator's own watch, as the HTTP API reads it. */
  private record WatchedJobs(AsyncJobController controller) implements JobCache {
    @Override
    public Optional<AsyncJob> get(String namespace, String name) {
      return controller.cached(namespace, name);
    }

    @Override
    public Stream<AsyncJob> list(String namespace) {
      return controller.cached(namespace);
    }
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

  private void stop(AsyncJobController controller, Health health) {
    health.missing("the operator stops");
    try {
      var start = System.nanoTime();
      httpApi.ifPresent(HttpApi::close);
      var left = DRAIN_LIMIT.minusNanos(System.nanoTime() - start);
      var code = exitCode.get();
      if (!controller.stop(left)) {
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
