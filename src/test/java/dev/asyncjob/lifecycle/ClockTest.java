package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.resource.PhaseName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Clocks that jump, and operators whose clocks differ. */
class ClockTest {
  @Test
  void aClockThatJumpsBackUndoesNothingAndFiresNothing() {
    var job = aJob().queued("20s").inProgress("30s").seenAt("0s").seenAt("21s");
    assertThat(job.seenAt("-1h").wrote().isDueAt("50s").status().customStatus())
        .hasToString("InProgress");
    job.seenAt("49s").wrote().seenAt("50s").wrote(State.Completed);
  }

  @Test
  void lastUpdatedTimeNeverFalls() {
    var job = aJob().queued("20s").inProgress("30s").seenAt("5m");
    job.suspended().seenAt("0s").isIn(State.Suspended);
    assertThat(job.status().lastUpdatedTime()).isEqualTo(at("5m"));
    job.resumed().seenAt("1m").isIn(State.Queued);
    assertThat(job.status().lastUpdatedTime()).isEqualTo(at("5m"));
    job.terminated("enough").seenAt("2m");
    assertThat(job.status().lastUpdatedTime()).isEqualTo(at("5m"));
    assertThat(job.status().completionTime()).isEqualTo(at("5m"));
    assertThat(job.status().conditions())
        .allMatch(condition -> condition.lastTransitionTime().equals(at("5m")));
  }

  @Test
  void aFreezeUnderAClockThatJumpedBackNeverMakesAPhaseShorter() {
    var job = aJob().queued("20s").seenAt("5m").suspended().seenAt("0s").resumed().seenAt("1m");
    var due = job.status().nextTransitionTime();
    assertThat(due).isAfterOrEqualTo(at("5m20s"));
    assertThat(job.phase(PhaseName.Queued).frozenDuration()).isZero();
  }

  @Test
  void anEditSeenByAClockThatJumpedBackEndsNoPhaseBeforeItsStart() {
    var job = aJob().queued("20s").seenAt("5m").edited(spec -> spec.queued("0s")).seenAt("1m");
    job.isDueAt("5m").seenAt("5m").ran(PhaseName.Queued, "5m", "5m");
  }

  @Test
  void aClockThatJumpedBackStartsNoJobBeforeItsAcceptance() {
    var job = aJob().with(spec -> spec.notBefore(at("1h"))).seenAt("5m");
    job.edited(spec -> spec.notBefore(null)).seenAt("1m").isDueAt("5m");
    job.seenAt("5m").wrote(State.Queued).isDueAt("5m10s");
  }

  @Test
  void aClockThatJumpedBackResumesNoJobBeforeItsAcceptance() {
    var job = aJob().with(spec -> spec.notBefore(at("2m")).suspend(true)).seenAt("5m");
    job.resumed().seenAt("1m").isDueAt("5m").seenAt("5m").wrote(State.Queued).isDueAt("5m10s");
  }

  @Test
  void aRepairUnderAClockThatJumpedBackDoesNotMakeAConditionOlder() {
    var job = aJob().seenAt("5m").becomesUnreadable("spec: bad").seenAt("5m").repaired();
    job.seenAt("1m");
    assertThat(job.condition(ConditionType.Stalled).isTrue()).isFalse();
    assertThat(job.condition(ConditionType.Stalled).lastTransitionTime()).isEqualTo(at("5m"));
  }

  /** As on a machine without a battery-backed clock, before it has learnt the time. */
  @Test
  void aClockThatStartsAt1970Freezes() {
    var job = aJob().seenAt("0s").suspended().seenAt(Instant.EPOCH).isIn(State.Suspended);
    assertThat(job.status().remainingDuration()).isEqualTo(DurationText.MAX);
  }
}
