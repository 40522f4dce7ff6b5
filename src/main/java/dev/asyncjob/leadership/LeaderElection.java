package dev.asyncjob.leadership;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership by a Lease (coordination.k8s.io). It keeps two operators from doing the same work
 * twice; that no transition is written twice does not rest on it, but on the locked write.
 *
 * <p>A standby takes over within a second or two of a clean stop, which gives the lease up, and
 * within nine seconds of a crash. The times follow the limit: lease > renewal deadline > 2.2 x
 * retry.
 */
public final class LeaderElection implements Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(4);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final LocallyTimedLock lock;
  private final Runnable onGained;
  private final Runnable onLost;
  private final AtomicBoolean leading = new AtomicBoolean();
  private @Nullable CompletableFuture<?> election;

  /**
   * An election.
   *
   * @param onRestored called when the API server's store has gone back in time
   */
  public LeaderElection(
      KubernetesClient client,
      Candidacy candidacy,
      Runnable onGained,
      Runnable onLost,
      Runnable onRestored) {
    this.client = client;
    this.lock =
        new LocallyTimedLock(
            candidacy, LEASE, InstantSource.system(), System::nanoTime, onRestored);
    this.onGained = onGained;
    this.onLost = onLost;
  }

  /** Stands for election, until released. */
  public void start() {
    var config =
        new LeaderElectionConfigBuilder()
            .withName(lock.describe())
            .withLock(lock)
            .withLeaseDuration(LEASE)
            .withRenewDeadline(RENEW_DEADLINE)
            .withRetryPeriod(RETRY)
            .withReleaseOnCancel()
            .withLeaderCallbacks(
                new LeaderCallbacks(this::gained, this::lost, LeaderElection::logLeader))
            .build();
    election = client.leaderElector().withConfig(config).build().start();
  }

  /** Gives the lease up, so that a standby need not wait for it to expire. */
  public void release() {
    leading.set(false);
    if (election != null) {
      election.cancel(true);
    }
  }

  @Override
  public State state() {
    if (!leading.get()) {
      return State.Standby;
    }
    // After a pause of the process, the first thing to know.
    return lock.sinceRenewal().compareTo(RENEW_DEADLINE) < 0 ? State.Leader : State.Unsure;
  }

  private static void logLeader(@Nullable String identity) {
    if (identity != null && !identity.isEmpty()) {
      LOG.info("the leader is {}", identity);
    }
  }

  private void gained() {
    leading.set(true);
    onGained.run();
  }

  private void lost() {
    if (leading.getAndSet(false)) {
      onLost.run();
    }
  }
}
