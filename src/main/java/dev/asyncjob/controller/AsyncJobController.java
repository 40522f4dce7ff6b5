package dev.asyncjob.controller;

import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

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
  private final JobWriter writer;
  private final AsyncJobReconciler reconciler;
  private final Consumer<String> onFault;
  private final Optional<LeaderElection> election;

  /**
   * The controller of the jobs in some namespaces.
   *
   * @param namespaces empty for all
   * @param candidacy empty to write without an election
   * @param onFault called with the reason when the controller cannot go on
   */
  public AsyncJobController(
      KubernetesClient client,
      List<String> namespaces,
      Lifecycle lifecycle,
      Clock clock,
      Optional<Candidacy> candidacy,
      Consumer<String> onFault) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
    this.onFault = onFault;
    this.election = candidacy.map(this::election);
    var leadership =
        election.<Leadership>map(Function.identity()).orElse(() -> Leadership.State.Leader);
    this.writer = new JobWriter(client, leadership);
    this.reconciler = new AsyncJobReconciler(lifecycle, writer, clock, leadership);
  }

  private LeaderElection election(Candidacy candidacy) {
    return new LeaderElection(
        client,
        candidacy,
        () -> reconciler.wakeAll(),
        () -> onFault.accept("leadership was lost; another operator goes on"));
  }

  /** Starts to watch, and returns when all jobs are known. */
  public void start() throws StartupException, InterruptedException {
    new Preflight(client).check(namespaces);
    var operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .checkingCRDAndValidateLocalModel(false)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withResourceCloner(new NoCopy())
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
        .withItemStore(lean())
        .withInformerListLimit(LIST_PAGE);
  }

  /** Keeps jobs without what only the server and kubectl need: a good part of their size. */
  private static ItemStore<AsyncJob> lean() {
    return new TransformingItemStore<>(
        job -> {
          job.getMetadata().setManagedFields(null);
          job.getMetadata()
              .getAnnotations()
              .remove("kubectl.kubernetes.io/last-applied-configuration");
          return job;
        });
  }

  /** Hands out cached jobs as they are: nothing here changes one. */
  private static final class NoCopy implements Cloner {
    @Override
    public <R extends HasMetadata> R clone(R job) {
      return job;
    }
  }
}
