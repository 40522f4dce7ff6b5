package dev.asyncjob.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LocallyTimedLockTest {
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Instant OURS = Instant.parse("2026-01-01T12:00:00Z");

  private long nanos;
  private int falls;
  private Instant now = OURS;
  private final LocallyTimedLock lock =
      new LocallyTimedLock(
          new Candidacy("default", "lease", "me"), LEASE, () -> now, () -> nanos, () -> falls++);

  @Test
  void aHolderWhoseClockIsBehindKeepsALeaseThatItRenews() {
    for (int renewal = 0; renewal < 20; renewal++) {
      pass(Duration.ofSeconds(1));
      assertThat(isExpired(held(renewal, now.minus(Duration.ofHours(1))))).isFalse();
    }
  }

  @Test
  void aHolderWhoseClockIsAheadLosesALeaseThatItDoesNotRenew() {
    var lease = held(1, now.plus(Duration.ofHours(1)));
    assertThat(isExpired(lease)).isFalse();

    pass(LEASE.minusMillis(1));
    assertThat(isExpired(lease)).isFalse();

    pass(Duration.ofMillis(2));
    assertThat(isExpired(lease)).isTrue();
  }

  @Test
  void aJumpOfOurOwnClockTakesNothing() {
    var lease = held(1, now);
    assertThat(isExpired(lease)).isFalse();

    now = now.plus(Duration.ofHours(1));
    assertThat(isExpired(lease)).isFalse();
  }

  @Test
  void aStoreThatHasGoneBackIsNoticed() {
    lock.toRecord(held(9, now));
    lock.toRecord(held(9, now));
    lock.toRecord(held(10, now));
    assertThat(falls).isZero();

    lock.toRecord(held(9, now));
    assertThat(falls).isOne();
  }

  @Test
  void aLeaseThatNobodyHasHeldIsFree() {
    var fresh = new LeaseBuilder().withNewMetadata().withResourceVersion("1").endMetadata().build();

    assertThat(lock.toRecord(fresh).getHolderIdentity()).isEmpty();
  }

  private void pass(Duration duration) {
    nanos += duration.toNanos();
    now = now.plus(duration);
  }

  /** As the elector decides it. */
  private boolean isExpired(Lease lease) {
    var record = lock.toRecord(lease);
    return now.isAfter(record.getRenewTime().plus(record.getLeaseDuration()).toInstant());
  }

  private static Lease held(int version, Instant renewTime) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withResourceVersion(String.valueOf(version))
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity("another")
        .withLeaseDurationSeconds((int) LEASE.toSeconds())
        .withAcquireTime(renewTime.atZone(ZoneOffset.UTC))
        .withRenewTime(renewTime.atZone(ZoneOffset.UTC))
        .endSpec()
        .build();
  }
}
