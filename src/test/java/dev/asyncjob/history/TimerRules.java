package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.Phase;
import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.resource.SuspendPolicy;
import java.time.Duration;
import java.time.Instant;

/** A write within one state: what becomes of the due time. */
final class TimerRules {
  private final StoredJob job;
  private final AsyncJobStatus before;
  private final AsyncJobStatus after;
  private final Decision decision;
  private final Phase old;
  private final Phase phase;

  private TimerRules(StoredJob job, int index, AsyncJobStatus after, Decision decision) {
    this.job = job;
    this.before = job.status();
    this.after = after;
    this.decision = decision;
    this.old = requireNonNull(before.phases()).get(index);
    this.phase = requireNonNull(after.phases()).get(index);
  }

  static void check(StoredJob job, AsyncJobStatus after, Decision decision) {
    switch (Stage.of(after)) {
      case WAITING, ENDED -> {}
      case QUEUED -> new TimerRules(job, 0, after, decision).check();
      case IN_PROGRESS -> new TimerRules(job, 1, after, decision).check();
    }
  }

  private void check() {
    var wasSuspended = before.isTrue(ConditionType.Suspended);
    var isSuspended = after.isTrue(ConditionType.Suspended);
    var wasReadable = before.runtimeStatus() != RuntimeStatus.Pending;
    assertThat(isSuspended).as("suspended as the spec says").isEqualTo(job.wantsSuspension());
    if (!wasSuspended && !isSuspended) {
      checkEdit(wasReadable ? requireNonNull(before.nextTransitionTime()) : Due.of(phase));
    } else if (!wasSuspended && wasReadable && !isLonger()) {
      checkSuspension(requireNonNull(before.nextTransitionTime()));
    } else if (wasSuspended && isSuspended && before.remainingDuration() != null) {
      assertThat(after.remainingDuration())
          .as("remaining time after an edit")
          .isEqualTo(atLeastZero(before.remainingDuration().plus(longer())));
    } else if (wasSuspended && !isSuspended) {
      checkResumption();
    }
    if (!wasSuspended || isSuspended) {
      assertThat(Due.frozen(phase)).as("frozen time without resumption").isEqualTo(Due.frozen(old));
    }
  }

  /** A due time that an edit moves into the past becomes the moment at which it was seen. */
  private void checkEdit(Instant unedited) {
    if (isLonger()) {
      assertThat(after.nextTransitionTime())
          .as("timer after an edit")
          .isBetween(
              later(Due.of(phase), decision.earliest()), later(Due.of(phase), decision.latest()));
    } else {
      assertThat(after.nextTransitionTime()).as("timer that no edit moves").isEqualTo(unedited);
    }
  }

  private void checkSuspension(Instant due) {
    if (job.spec().suspendPolicy() == SuspendPolicy.Continue) {
      assertThat(after.remainingDuration()).as("remaining time of a clock that runs on").isNull();
    } else {
      assertThat(after.remainingDuration())
          .as("remaining time")
          .isBetween(
              atLeastZero(Duration.between(decision.latest(), due)),
              atLeastZero(Duration.between(decision.earliest(), due)));
    }
  }

  private void checkResumption() {
    var at = requireNonNull(after.lastUpdatedTime());
    if (before.remainingDuration() == null) {
      assertThat(after.nextTransitionTime())
          .as("timer that ran on")
          .isEqualTo(later(Due.of(phase), at));
      return;
    }
    assertThat(after.nextTransitionTime())
        .as("timer that was frozen")
        .isEqualTo(at.plus(atLeastZero(before.remainingDuration().plus(longer()))));
    var since = before.condition(ConditionType.Suspended).orElseThrow().lastTransitionTime();
    assertThat(Due.frozen(phase))
        .as("frozen time")
        .isEqualTo(Due.frozen(old).plus(Duration.between(since, at)));
  }

  private boolean isLonger() {
    return !longer().isZero();
  }

  /** By how much an edit has made the phase longer. */
  private Duration longer() {
    return phase.duration().minus(old.duration());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration atLeastZero(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
