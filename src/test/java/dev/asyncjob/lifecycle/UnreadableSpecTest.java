package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.PhaseName;
import dev.asyncjob.resource.RuntimeStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Specs that the program cannot read. */
class UnreadableSpecTest {
  private static final String PROBLEM = "spec.queuedDuration: must be a duration";

  private static JobStory aQueuedJob() {
    return aJob().queued("20s").inProgress("30s").seenAt("0s");
  }

  private static void saysSo(JobStory job) {
    job.hasNoTimer();
    assertThat(job.writes()).hasSize(1);
    assertThat(job.status().runtimeStatus()).isEqualTo(RuntimeStatus.Pending);
    assertThat(job.status().message()).isEqualTo(PROBLEM);
    assertThat(job.status().observedGeneration()).isEqualTo(job.generation());
    assertThat(job.condition(ConditionType.Stalled).isTrue()).isTrue();
    assertThat(job.condition(ConditionType.Stalled).reason()).isEqualTo("SpecUnreadable");
    assertThat(job.condition(ConditionType.Stalled).message()).isEqualTo(PROBLEM);
    assertThat(job.status().isTrue(ConditionType.Failed)).isFalse();
    assertThat(job.seenAt("10h").writes()).isEmpty();
  }

  @Test
  void aJobThatWasNeverAcceptedSaysSoAndIsAcceptedWhenRepaired() {
    var job = aJob().becomesUnreadable(PROBLEM).seenAt("0s");
    saysSo(job);
    assertThat(job.status().attempt()).isNull();
    job.repaired().seenAt("1m").wrote(State.Queued).isDueAt("1m10s");
    assertThat(job.status().attempt()).isEqualTo(1);
    assertThat(job.status().message()).isEmpty();
    assertThat(job.condition(ConditionType.Stalled).isTrue()).isFalse();
    assertThat(job.condition(ConditionType.Stalled).reason()).isEqualTo("SpecReadable");
  }

  @Test
  void aRunningJobSaysSoAndGoesOnWithItsDueTimeWhenRepaired() {
    var job = aQueuedJob().becomesUnreadable(PROBLEM).seenAt("5s");
    saysSo(job);
    assertThat(job.status().customStatus()).isEqualTo(CustomStatus.Queued);
    job.repaired().seenAt("12s").wrote(State.Queued).isDueAt("20s");
    assertThat(job.status().message()).isEmpty();
    assertThat(job.condition(ConditionType.Stalled).isTrue()).isFalse();
  }

  @Test
  void whatBecameDueMeanwhileIsCaughtUp() {
    var job = aQueuedJob().becomesUnreadable(PROBLEM).seenAt("5s").repaired().seenAt("1h");
    job.wrote(State.Queued, State.InProgress, State.Completed);
    job.ran(PhaseName.Queued, "0s", "20s").ran(PhaseName.InProgress, "20s", "50s");
  }

  @Test
  void aRepairThatAlsoChangesTheRunningWaitMovesItsDueTime() {
    var job = aQueuedJob().becomesUnreadable(PROBLEM).seenAt("5s");
    job.repaired().edited(spec -> spec.queued("1m")).seenAt("30s").isDueAt("1m");
  }

  @Test
  void aPendingJobGoesOnWaitingWhenRepaired() {
    var job = aJob().with(spec -> spec.notBefore(at("1h"))).seenAt("0s");
    job.becomesUnreadable(PROBLEM).seenAt("5s").repaired().seenAt("1m").isDueAt("1h");
  }

  @Test
  void aFrozenJobStaysFrozenAndKeepsItsRemainingTime() {
    var job = aQueuedJob().suspended().seenAt("8s").becomesUnreadable(PROBLEM).seenAt("9s");
    saysSo(job);
    job.repaired().seenAt("1m").wrote(State.Suspended).hasNoTimer();
    assertThat(job.status().remainingDuration()).isEqualTo(Duration.ofSeconds(12));
    job.resumed().seenAt("2m").isDueAt("2m12s");
  }

  @Test
  void aJobThatIsRepairedAndResumedAtOnceGoesOn() {
    var job = aQueuedJob().suspended().seenAt("8s").becomesUnreadable(PROBLEM).seenAt("9s");
    job.repaired().edited(spec -> spec.suspend(false)).seenAt("1m").wrote(State.Queued);
    job.isDueAt("1m12s");
  }

  @Test
  void aJobThatIsRepairedAndSuspendedAtOnceFreezesWhatIsLeft() {
    var job = aQueuedJob().becomesUnreadable(PROBLEM).seenAt("5s").repaired().suspended();
    job.seenAt("12s").wrote(State.Suspended);
    assertThat(job.status().remainingDuration()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void aJobThatIsRepairedAndTerminatedAtOnceEnds() {
    var job = aQueuedJob().becomesUnreadable(PROBLEM).seenAt("5s").repaired().terminated("enough");
    job.seenAt("12s").wrote(State.Terminated);
    assertThat(job.condition(ConditionType.Stalled).reason()).isEqualTo("Terminated");
    assertThat(job.condition(ConditionType.Stalled).isTrue()).isTrue();
  }

  @Test
  void aFinishedJobIsLeftAsItIs() {
    var job = aQueuedJob().seenAt("1h").becomesUnreadable(PROBLEM).seenAt("2h");
    assertThat(job.isIn(State.Completed).writes()).isEmpty();
    job.repaired().seenAt("3h");
    assertThat(job.status().observedGeneration()).isEqualTo(job.generation());
    job.becomesUnreadable(PROBLEM).restarted().seenAt("4h").wrote().isIn(State.Completed);
    job.repaired().seenAt("5h").wrote(State.Queued);
  }

  @Test
  void theMessageIsCutToWhatTheStatusHolds() {
    var job = aJob().becomesUnreadable("x".repeat(5_000)).seenAt("0s");
    assertThat(job.status().message()).hasSize(1_024);
  }

  @Test
  void twoProgramsThatWordTheProblemDifferentlyDoNotWriteAgainstEachOther() {
    var job = aQueuedJob().becomesUnreadable(PROBLEM).seenAt("5s");
    job.otherwiseUnreadable("spec.queuedDuration: not a duration").seenAt("6s").wrote();
  }

  @Test
  void anotherProblemAfterAnEditIsShown() {
    var job = aQueuedJob().becomesUnreadable(PROBLEM).seenAt("5s");
    job.becomesUnreadable("spec.suspend: bad").seenAt("6s");
    assertThat(job.status().message()).isEqualTo("spec.suspend: bad");
    assertThat(job.condition(ConditionType.Stalled).message()).isEqualTo("spec.suspend: bad");
    assertThat(job.condition(ConditionType.Stalled).lastTransitionTime()).isEqualTo(at("5s"));
  }
}
