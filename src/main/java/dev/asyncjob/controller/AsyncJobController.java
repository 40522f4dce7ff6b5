package dev.asyncjob.controller;

import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The operator as Java Operator SDK runs it: informers, timers and worker threads around the
 * reconciler.
 */
public final class AsyncJobController {
  private static final long LIST_PAGE = 500;
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final Duration CACHE_SYNC_TIMEOUT = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final List<String> namespaces;
  private final OwnWrites ownWrites = new OwnWrites();
  private final JobWriter writer;
  private final AsyncJobReconciler reconciler;
  private final Consumer<String> onFault;
  private final Optional<LeaderElection> election;
  private final MeterRegistry meters;
  private final JobCounts counts;

  /**
   * The controller of the jobs in some namespaces.
   *
   * @param namespaces empty for all
   * @param candidacy empty to write without an election
   * @param onSweep called after each walk over all jobs, about once a minute
   * @param onFault called with the reason when the controller cannot go on
   */
  public AsyncJobController(
      KubernetesClient client,
      List<String> namespaces,
      Lifecycle lifecycle,
      Clock clock,
      Optional<Candidacy> candidacy,
      MeterRegistry meters,
      Runnable onSweep,
      Consumer<String> onFault) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
    this.onFault = onFault;
    this.election = candidacy.map(this::election);
    var leadership =
        election.<Leadership>map(Function.identity()).orElse(() -> Leadership.State.Leader);
    this.meters = meters;
    this.counts = new JobCounts(meters);
    var metrics = new JobMetrics(meters);
    this.writer = new JobWriter(client, leadership, metrics);
    this.reconciler =
        new AsyncJobReconciler(lifecycle, writer, ownWrites, clock, leadership, metrics, onSweep);
    TimeGauge.builder(
            "asyncjob.next.transition",
            () ->
                reconciler
                    .untilNextTransition()
                    .map(left -> (double) left.toMillis())
                    .orElse(Double.NaN),
            TimeUnit.MILLISECONDS)
        .description("Time to the soonest transition; negative when it is overdue, NaN without one")
        .register(meters);
    Gauge.builder("asyncjob.unreadable.jobs", reconciler::unreadableJobs)
        .description("Jobs that stand still because their spec or status cannot be read")
        .register(meters);
    Gauge.builder("asyncjob.leader", () -> leadership.state() == Leadership.State.Leader ? 1 : 0)
        .description("1 on the operator that writes")
        .register(meters);
  }

  private LeaderElection election(Candidacy candidacy) {
    return new LeaderElection(
        client,
        candidacy,
        () -> reconciler.wakeAll(),
        () -> onFault.accept("leadership was lost; another operator goes on"));
  }

  /** Waits until the API server answers and lets jobs be read. */
  public void awaitApiServer() throws StartupException, InterruptedException {
    new Preflight(client).check(namespaces);
  }

  /** Starts to watch, and returns when all jobs are known. */
  public void start() throws StartupException {
    var operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .checkingCRDAndValidateLocalModel(false)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withResourceCloner(new NoCopy())
                    .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(meters))
                    .withCacheSyncTimeout(CACHE_SYNC_TIMEOUT)
                    .withInformerStoppedHandler(
                        (informer, cause) -> onFault.accept("the watch of jobs ended: " + cause)));
    if (namespaces.isEmpty()) {
      operator.register(reconciler, this::configure);
    }
    for (var namespace : namespaces) {
      // A registration each, for two informers with one item store delete each other's jobs.
      operator.register(
          reconciler,
          configuration ->
              configure(configuration)
                  .settingNamespace(namespace)
                  .withName("asyncjob-" + namespace));
    }
    try {
      operator.start();
    } catch (OperatorException e) {
      throw new StartupException("the jobs cannot be watched: " + e.getMessage(), e);
    }
    election.ifPresent(LeaderElection::start);
  }

  /** A watched job as last heard of. */
  public Optional<AsyncJob> cached(String namespace, String name) {
    return reconciler.cached(namespace, name);
  }

  /** The watched jobs of a namespace as last heard of, in any order. */
  public Stream<AsyncJob> cached(String namespace) {
    return reconciler.cached(namespace);
  }

  /**
   * Lets no write begin any more, waits for those under way, and gives up the leadership.
   *
   * @return false when some were still under way at the time limit
   */
  public boolean stop(Duration limit) throws InterruptedException {
    var drained = writer.close(limit);
    election.ifPresent(LeaderElection::release);
    return drained;
  }

  private ControllerConfigurationOverrider<AsyncJob> configure(
      ControllerConfigurationOverrider<AsyncJob> configuration) {
    return configuration
        .withName("asyncjob")
        .withReconciliationMaxInterval(null) // Else each finished job keeps a timer for ten hours.
        .withRetry(
            new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(FIRST_RETRY)
                .setMaxInterval(LONGEST_RETRY.toMillis()))
        .withItemStore(new JobStore(counts, ownWrites))
        .withInformerListLimit(LIST_PAGE);
  }

  /** Hands out cached jobs as they are: nothing here changes one. */
  private static final class NoCopy implements Cloner {
    @Override
    public <R extends HasMetadata> R clone(R job) {
      return job;
    }
  }
}
