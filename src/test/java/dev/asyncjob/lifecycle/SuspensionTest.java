package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.resource.PhaseName;
import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.resource.SuspendPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Suspension and resumption under both policies, in each state. */
class SuspensionTest {
  private static JobStory aQueuedJob(SuspendPolicy policy) {
    return aJob()
        .queued("20s")
        .inProgress("30s")
        .with(spec -> spec.suspendPolicy(policy))
        .seenAt("0s");
  }

  private static JobStory aJobInProgress(SuspendPolicy policy) {
    return aQueuedJob(policy).seenAt("20s");
  }

  private static JobStory aFrozenJob() {
    return aQueuedJob(SuspendPolicy.Freeze).suspended().seenAt("8s");
  }

  @ParameterizedTest
  @EnumSource
  void aSuspendedJobHasNoTimerAndKeepsItsState(SuspendPolicy policy) {
    var job = aJobInProgress(policy).suspended().seenAt("25s").wrote(State.Suspended).hasNoTimer();
    assertThat(job.status().runtimeStatus()).isEqualTo(RuntimeStatus.Suspended);
    assertThat(job.status().customStatus()).isEqualTo(CustomStatus.InProgress);
    assertThat(job.status().lastUpdatedTime()).isEqualTo(at("25s"));
    assertThat(job.condition(ConditionType.Suspended).isTrue()).isTrue();
    assertThat(job.seenAt("10h").writes()).isEmpty();
  }

  @Test
  void aFrozenJobKeepsItsRemainingTime() {
    var job = aFrozenJob();
    assertThat(job.status().remainingDuration()).isEqualTo(Duration.ofSeconds(12));
    job.resumed().seenAt("1h").wrote(State.Queued).isDueAt("1h12s");
    assertThat(job.status().remainingDuration()).isNull();
    assertThat(job.status().lastUpdatedTime()).isEqualTo(at("1h"));
    assertThat(job.condition(ConditionType.Suspended).isTrue()).isFalse();
    assertThat(job.phase(PhaseName.Queued).frozenDuration()).isEqualTo(Duration.parse("PT59M52S"));
    job.seenAt("1h12s").wrote(State.InProgress).ran(PhaseName.Queued, "0s", "1h12s");
  }

  @Test
  void freezeIsThePolicyWhenNoneIsSet() {
    var job = aJob().queued("20s").seenAt("0s").suspended().seenAt("8s");
    assertThat(job.status().remainingDuration()).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void inProgressIsFrozenAsQueuedIs() {
    var job = aJobInProgress(SuspendPolicy.Freeze).suspended().seenAt("25s").resumed();
    job.seenAt("1m").wrote(State.InProgress).isDueAt("1m25s");
    job.seenAt("1m25s").wrote(State.Completed).ran(PhaseName.InProgress, "20s", "1m25s");
    assertThat(job.phase(PhaseName.Queued).frozenDuration()).isNull();
    assertThat(job.phase(PhaseName.InProgress).frozenDuration()).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void frozenTimeAddsUpOverSeveralSuspensions() {
    var job = aFrozenJob().resumed().seenAt("10s").isDueAt("22s");
    job.suspended().seenAt("15s").resumed().seenAt("20s").isDueAt("27s");
    assertThat(job.phase(PhaseName.Queued).frozenDuration()).isEqualTo(Duration.ofSeconds(7));
    job.seenAt("1h").ran(PhaseName.Queued, "0s", "27s").ran(PhaseName.InProgress, "27s", "57s");
  }

  @Test
  void anOverdueWaitFreezesWithNothingLeftAndEndsAtTheResumption() {
    var job = aQueuedJob(SuspendPolicy.Freeze).suspended().seenAt("25s").wrote(State.Suspended);
    assertThat(job.status().remainingDuration()).isEqualTo(Duration.ZERO);
    job.resumed().seenAt("40s").wrote(State.Queued, State.InProgress).isDueAt("1m10s");
    job.ran(PhaseName.Queued, "0s", "40s");
  }

  @ParameterizedTest
  @CsvSource({
    "30s, 22s", // longer by ten
    "15s, 7s", // shorter by five
    "8s, 0s", // all of it has passed
    "2s, 0s", // more than all of it
  })
  void anEditWhileFrozenChangesTheRemainingTime(String queued, String left) {
    var remaining = DurationText.parse(left);
    var job = aFrozenJob().edited(spec -> spec.queued(queued)).seenAt("1m").wrote(State.Suspended);
    assertThat(job.hasNoTimer().writes().get(0).remainingDuration()).isEqualTo(remaining);
    job.resumed().seenForOneWriteAt("1h");
    assertThat(job.status().nextTransitionTime()).isEqualTo(at("1h").plus(remaining));
  }

  @Test
  void aFrozenWaitThatIsMadeLongerAgainGrowsFromZero() {
    var job = aFrozenJob().edited(spec -> spec.queued("2s")).seenAt("1m");
    job.edited(spec -> spec.queued("5s")).seenAt("2m");
    assertThat(job.status().remainingDuration()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void anEditOfThePhaseToComeLeavesTheRemainingTime() {
    var job = aFrozenJob().edited(spec -> spec.inProgress("1s")).seenAt("1m");
    assertThat(job.status().remainingDuration()).isEqualTo(Duration.ofSeconds(12));
    job.resumed().seenAt("2m").isDueAt("2m12s").seenAt("2m12s").isDueAt("2m13s");
  }

  @Test
  void anEditTogetherWithTheSuspensionCountsFirst() {
    var job = aQueuedJob(SuspendPolicy.Freeze);
    job.edited(spec -> spec.queued("30s").suspend(true)).seenAt("8s");
    assertThat(job.writes()).hasSize(1);
    assertThat(job.status().remainingDuration()).isEqualTo(Duration.ofSeconds(22));
  }

  @Test
  void anEditTogetherWithTheResumptionCountsFirst() {
    var job = aFrozenJob().edited(spec -> spec.queued("15s").suspend(false)).seenAt("1m");
    job.wrote(State.Queued).isDueAt("1m7s");
  }

  @Test
  void underContinueTheTimerRunsOn() {
    var job = aQueuedJob(SuspendPolicy.Continue).suspended().seenAt("8s");
    assertThat(job.status().remainingDuration()).isNull();
    job.resumed().seenAt("15s").wrote(State.Queued).isDueAt("20s");
    assertThat(job.phase(PhaseName.Queued).frozenDuration()).isNull();
  }

  @Test
  void underContinueAnElapsedPhaseEndsAtTheResumption() {
    var job = aQueuedJob(SuspendPolicy.Continue).suspended().seenAt("8s").resumed();
    job.seenAt("2m").wrote(State.Queued, State.InProgress).isDueAt("2m30s");
    job.ran(PhaseName.Queued, "0s", "2m");
  }

  @Test
  void underContinueAnEditCountsToo() {
    var job = aQueuedJob(SuspendPolicy.Continue).suspended().seenAt("8s");
    job.edited(spec -> spec.queued("1h")).seenAt("30s").hasNoTimer();
    job.resumed().seenAt("40s").isDueAt("1h");
  }

  @Test
  void thePolicyIsReadWhenTheSuspensionBegins() {
    var frozen = aFrozenJob().edited(spec -> spec.suspendPolicy(SuspendPolicy.Continue));
    frozen.seenAt("10s").resumed().seenAt("1m").isDueAt("1m12s");
    var running = aQueuedJob(SuspendPolicy.Continue).suspended().seenAt("8s");
    running.edited(spec -> spec.suspendPolicy(SuspendPolicy.Freeze).suspend(false));
    running.seenAt("15s").isDueAt("20s");
  }

  @Test
  void bothPoliciesCanFollowEachOtherInOnePhase() {
    var job = aFrozenJob().resumed().seenAt("10s").isDueAt("22s");
    job.edited(spec -> spec.suspendPolicy(SuspendPolicy.Continue).suspend(true)).seenAt("12s");
    job.resumed().seenAt("15s").isDueAt("22s");
  }

  @Test
  void aJobThatIsCreatedSuspendedStaysPendingAndStartsAtTheResumption() {
    var job = aJob().with(spec -> spec.suspend(true)).seenAt("0s").wrote(State.Pending);
    assertThat(job.hasNoTimer().status().runtimeStatus()).isEqualTo(RuntimeStatus.Pending);
    assertThat(job.status().customStatus()).isNull();
    assertThat(job.condition(ConditionType.Suspended).isTrue()).isTrue();
    assertThat(job.status().condition(ConditionType.Started)).isEmpty();
    job.resumed().seenAt("1m").wrote(State.Queued).isDueAt("1m10s");
    assertThat(job.phase(PhaseName.Queued).startTime()).isEqualTo(at("1m"));
    assertThat(job.phase(PhaseName.Queued).frozenDuration()).isNull();
    assertThat(job.condition(ConditionType.Suspended).isTrue()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aPendingJobThatIsSuspendedDoesNotStartAtNotBeforeTime(SuspendPolicy policy) {
    var job =
        aJob()
            .with(spec -> spec.notBefore(at("8s")).suspendPolicy(policy))
            .seenAt("0s")
            .suspended()
            .seenAt("5s")
            .hasNoTimer();
    job.seenAt("10s").wrote();
    job.resumed().seenAt("20s").wrote(State.Queued);
    assertThat(job.phase(PhaseName.Queued).startTime()).isEqualTo(at("20s"));
  }

  @Test
  void aPendingJobThatIsResumedBeforeNotBeforeTimeWaitsForIt() {
    var job = aJob().with(spec -> spec.notBefore(at("8s")).suspend(true)).seenAt("0s");
    job.resumed().seenAt("5s").wrote(State.Pending).isDueAt("8s");
    job.seenAt("8s").wrote(State.Queued);
  }

  @Test
  void notBeforeTimeCanBeEditedWhileSuspended() {
    var job = aJob().with(spec -> spec.notBefore(at("8s")).suspend(true)).seenAt("0s");
    job.edited(spec -> spec.notBefore(at("1h"))).seenAt("5s").hasNoTimer();
    job.resumed().seenAt("20s").isDueAt("1h");
  }

  @Test
  void suspensionComesBeforeWhatIsOwed() {
    var job = aQueuedJob(SuspendPolicy.Freeze).suspended();
    job.seenAt("1h").wrote(State.Suspended);
    assertThat(job.status().customStatus()).isEqualTo(CustomStatus.Queued);
  }

  @Test
  void suspendedAndResumedBeforeTheOperatorLooksIsOneObservedEdit() {
    var job = aQueuedJob(SuspendPolicy.Freeze).suspended().resumed().seenAt("5s");
    job.wrote(State.Queued).isDueAt("20s");
    assertThat(job.status().condition(ConditionType.Suspended)).isEmpty();
  }
}
