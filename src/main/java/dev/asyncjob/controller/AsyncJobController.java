package dev.asyncjob.controller;

import dev.asyncjob.connection.StartupException;
import dev.asyncjob.leadership.Candidacy;
import dev.asyncjob.leadership.LeaderElection;
import dev.asyncjob.leadership.Leadership;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The operator: Java Operator SDK watches the jobs, the agenda says which one's time has come, the
 * reconciler does what is to be done.
 *
 * <p>The SDK's own queue and timers are left out: they hold every job at a time when the program
 * starts, and serve first who came first, so that new jobs would wait for all that is owed.
 */
public final class AsyncJobController {
  private static final long LIST_PAGE = 500;
  private static final Duration CACHE_SYNC_TIMEOUT = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final List<String> namespaces;
  private final OwnWrites ownWrites = new OwnWrites();
  private final JobWriter writer;
  private final AsyncJobReconciler reconciler;
  private final Agenda agenda = new Agenda();
  private final Dispatcher dispatcher;
  private final Sweep sweep;
  private final List<JobStore> stores = new CopyOnWriteArrayList<>();
  private final Consumer<String> onFault;
  private final Optional<LeaderElection> election;
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
    this.counts = new JobCounts(meters);
    var metrics = new JobMetrics(meters);
    this.writer = new JobWriter(client, leadership, metrics);
    this.reconciler =
        new AsyncJobReconciler(
            lifecycle,
            this::stored,
            this::storedVersion,
            writer,
            ownWrites,
            clock,
            System::nanoTime,
            metrics,
            onFault);
    this.dispatcher = new Dispatcher(agenda, reconciler, clock);
    this.sweep = new Sweep(stores, onSweep);
    TimeGauge.builder(
            "asyncjob.next.transition",
            () ->
                agenda
                    .soonestDue()
                    .map(due -> (double) Duration.between(clock.instant(), due).toMillis())
                    .orElse(Double.NaN),
            TimeUnit.MILLISECONDS)
        .description("Time to the soonest transition; negative when it is overdue, NaN without one")
        .register(meters);
    Gauge.builder("asyncjob.leader", () -> leadership.state() == Leadership.State.Leader ? 1 : 0)
        .description("1 on the operator that writes")
        .register(meters);
  }

  private LeaderElection election(Candidacy candidacy) {
    return new LeaderElection(
        client,
        candidacy,
        () -> dispatcher.start(),
        () -> onFault.accept("leadership was lost; another operator goes on"),
        // The watch would wait for versions that come after those of a future that is gone.
        () -> onFault.accept("etcd was restored from a backup; to be started again"));
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
                    .withCacheSyncTimeout(CACHE_SYNC_TIMEOUT)
                    .withInformerStoppedHandler(
                        (informer, cause) -> onFault.accept("the watch of jobs ended: " + cause)));
    if (namespaces.isEmpty()) {
      operator.register(new Watch(), this::configure);
    }
    for (var namespace : namespaces) {
      // A registration each, for two informers with one item store delete each other's jobs.
      operator.register(
          new Watch(),
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
    sweep.start();
    election.ifPresentOrElse(LeaderElection::start, dispatcher::start);
  }

  /** A watched job as last heard of. */
  public Optional<AsyncJob> cached(String namespace, String name) {
    return stored(Cache.namespaceKeyFunc(namespace, name));
  }

  /** The watched jobs of a namespace as last heard of, in any order. */
  public Stream<AsyncJob> cached(String namespace) {
    return stores.stream().flatMap(store -> store.list(namespace));
  }

  private Optional<AsyncJob> stored(String key) {
    return stores.stream().flatMap(store -> Stream.ofNullable(store.get(key))).findFirst();
  }

  private Optional<String> storedVersion(String key) {
    return stores.stream().flatMap(store -> Stream.ofNullable(store.version(key))).findFirst();
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
    var store = new JobStore(counts, ownWrites, agenda, reconciler::dueTime);
    stores.add(store);
    return configuration
        .withName("asyncjob")
        .withGenericFilter(job -> false)
        .withItemStore(store)
        .withInformerListLimit(LIST_PAGE);
  }

  /** Never asked, for all events are kept from it: see {@link JobStore}. */
  @ControllerConfiguration
  private static final class Watch implements Reconciler<AsyncJob> {
    @Override
    public UpdateControl<AsyncJob> reconcile(AsyncJob job, Context<AsyncJob> context) {
      return UpdateControl.noUpdate();
    }
  }
}
