package dev.asyncjob.leadership;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A lease that is timed by this process's monotonic clock alone. The elector of the client library
 * compares the holder's wall clock with its own, so that a node whose clock is an hour ahead would
 * take the lease from a living leader. As in client-go, what counts is when the lease was last seen
 * to change. The price: one that was abandoned before this process began to look is waited for.
 */
final class LocallyTimedLock extends LeaseLock {
  private final Duration duration;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Runnable onFallenVersion;
  private volatile long renewedAt;
  private long seenVersion = -1;
  private long seenAt;

  /**
   * A lock.
   *
   * @param onFallenVersion called when the lease is seen in a version before one seen earlier:
   *     versions only grow, so the API server's store was put back to an earlier time
   */
  LocallyTimedLock(
      Candidacy candidacy,
      Duration duration,
      InstantSource clock,
      LongSupplier nanoTime,
      Runnable onFallenVersion) {
    super(candidacy.namespace(), candidacy.name(), candidacy.identity());
    this.duration = duration;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.onFallenVersion = onFallenVersion;
    this.renewedAt = nanoTime.getAsLong() - duration.toNanos();
  }

  /** Since this process last took or renewed the lease; it counts from before the request. */
  Duration sinceRenewal() {
    return Duration.ofNanos(nanoTime.getAsLong() - renewedAt);
  }

  @Override
  public synchronized void create(KubernetesClient client, LeaderElectionRecord record) {
    var before = nanoTime.getAsLong();
    super.create(client, record);
    renewedAt = before;
  }

  @Override
  public synchronized void update(KubernetesClient client, LeaderElectionRecord record) {
    var before = nanoTime.getAsLong();
    super.update(client, record.getHolderIdentity() == null ? released(record) : record);
    renewedAt = before;
  }

  @Override
  protected LeaderElectionRecord toRecord(Lease lease) {
    var spec = lease.getSpec();
    if (spec == null || spec.getRenewTime() == null) {
      // The chart makes the Lease, so that it goes with the release: nobody has held it yet.
      var never = Instant.EPOCH.atZone(ZoneOffset.UTC);
      return new LeaderElectionRecord("", duration, never, never, 0);
    }
    var record = super.toRecord(lease);
    return new LeaderElectionRecord(
        record.getHolderIdentity(),
        record.getLeaseDuration(),
        record.getAcquireTime(),
        clock.instant().minus(sinceChange(lease)).atZone(ZoneOffset.UTC),
        record.getLeaderTransitions());
  }

  private Duration sinceChange(Lease lease) {
    var now = nanoTime.getAsLong();
    var version = Long.parseLong(lease.getMetadata().getResourceVersion());
    if (version < seenVersion) {
      onFallenVersion.run();
    }
    if (version != seenVersion) {
      seenVersion = version;
      seenAt = now;
    }
    return Duration.ofNanos(now - seenAt);
  }

  /** A merge patch leaves out null, so that the holder would stay. */
  private static LeaderElectionRecord released(LeaderElectionRecord record) {
    return new LeaderElectionRecord(
        "",
        record.getLeaseDuration(),
        record.getAcquireTime(),
        record.getRenewTime(),
        record.getLeaderTransitions());
  }
}
