package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.resource.Phase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an attempt begins. */
final class AttemptRules {
  /** The ids that the operator has given, and the attempt of the job it gave them to. */
  private final Map<String, String> derivedIds = new HashMap<>();

  /** The first write of an attempt. */
  void checkBegin(StoredJob job, AsyncJobStatus after, Decision decision) {
    checkNumber(job, after);
    checkReset(job.status(), after);
    assertThat(after.restartNonce())
        .as("restartNonce")
        .isEqualTo(Objects.requireNonNullElse(job.spec().restartNonce(), 0L));
    assertThat(after.createdTime()).as("createdTime").isEqualTo(after.lastUpdatedTime());
    assertThat(Stage.of(after)).as("first state").isNotEqualTo(Stage.IN_PROGRESS);
    checkId(job, after);
    checkLengths(job, after);
    if (Stage.of(after) == Stage.QUEUED) {
      checkStart(job, after, decision);
      assertThat(requireNonNull(after.phases()).get(0).startTime())
          .as("start at the acceptance")
          .isEqualTo(after.createdTime());
    }
  }

  static void checkNumber(StoredJob job, AsyncJobStatus after) {
    var before = job.status();
    if (before.attempt() == null) {
      assertThat(after.attempt()).as("first attempt").isEqualTo(1);
    } else {
      assertThat(before.isFinished()).as("restarted, so finished").isTrue();
      assertThat(job.owesRestart()).as("restarted, so asked for").isTrue();
      assertThat(after.attempt()).as("next attempt").isEqualTo(before.attempt() + 1);
    }
  }

  private static void checkReset(AsyncJobStatus before, AsyncJobStatus after) {
    if (before.attempt() == null) {
      return;
    }
    for (var condition : requireNonNull(before.conditions())) {
      if (condition.isTrue() && !after.isTrue(condition.type())) {
        assertThat(after.condition(condition.type()).map(Condition::reason))
            .as("reset of %s", condition.type())
            .hasValue("Restarted");
      }
    }
  }

  private void checkId(StoredJob job, AsyncJobStatus after) {
    var id = requireNonNull(after.thirdPartyJobId());
    if (job.spec().thirdPartyJobId() != null) {
      assertThat(id).as("thirdPartyJobId").isEqualTo(job.spec().thirdPartyJobId());
      return;
    }
    var attempt = job.uid() + "/" + after.attempt();
    assertThat(Optional.ofNullable(derivedIds.put(id, attempt)).orElse(attempt))
        .as("who else has the id %s", id)
        .isEqualTo(attempt);
  }

  static void checkStart(StoredJob job, AsyncJobStatus after, Decision decision) {
    var start = requireNonNull(requireNonNull(after.phases()).get(0).startTime());
    assertThat(start).as("start").isAfterOrEqualTo(after.createdTime());
    assertThat(job.wantsSuspension()).as("started though suspended").isFalse();
    var notBefore = job.spec().notBeforeTime();
    if (notBefore != null) {
      assertThat(notBefore).as("notBeforeTime").isBeforeOrEqualTo(decision.latest());
      assertThat(notBefore).as("notBeforeTime").isBeforeOrEqualTo(start);
    }
  }

  /** A phase that has not ended is as long as the spec says. */
  static void checkLengths(StoredJob job, AsyncJobStatus after) {
    if (job.spec().jitterPercent() == null) {
      var phases = requireNonNull(after.phases());
      checkLength(phases.get(0), job.spec().queuedDuration());
      checkLength(phases.get(1), job.spec().inProgressDuration());
    }
  }

  private static void checkLength(Phase phase, @Nullable Duration wanted) {
    if (wanted != null && phase.endTime() == null) {
      assertThat(phase.duration())
          .as("length of %s", phase.name())
          .isEqualTo(DurationText.representable(wanted));
    }
  }
}
