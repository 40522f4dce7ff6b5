package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.PhaseName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits of a spec while its job waits, runs and has ended. */
class EditTest {
  private static JobStory aRunningJob() {
    return aJob().queued("20s").inProgress("30s").seenAt("0s");
  }

  @ParameterizedTest
  @CsvSource({
    "35s, 35s", // longer
    "15s, 15s", // shorter
    "10s, 10s", // as long as what has passed
    "20s, 20s" // the same
  })
  void anEditOfTheRunningWaitMovesItsDueTime(String edited, String due) {
    var job = aRunningJob().edited(spec -> spec.queued(edited)).seenForOneWriteAt("10s");
    assertThat(job.status().nextTransitionTime()).isEqualTo(at(due));
    assertThat(job.seenAt("1h").phase(PhaseName.Queued).endTime()).isEqualTo(at(due));
  }

  @Test
  void aDueTimeThatHasPassedBecomesTheMomentTheEditWasSeen() {
    var job = aRunningJob().edited(spec -> spec.queued("5s"));
    job.seenAt("10s").wrote(State.Queued, State.InProgress).isDueAt("40s");
    assertThat(job.writes().get(0).nextTransitionTime()).isEqualTo(at("10s"));
    job.ran(PhaseName.Queued, "0s", "10s");
  }

  @Test
  void aCrashAfterAnEditKeepsTheMomentItWasSeen() {
    var job = aRunningJob().edited(spec -> spec.queued("5s")).seenForOneWriteAt("10s");
    job.seenAt("25s").wrote(State.InProgress).isDueAt("40s").ran(PhaseName.Queued, "0s", "10s");
  }

  @Test
  void aSecondEditCountsFromTheStartOfThePhase() {
    var job = aRunningJob().edited(spec -> spec.queued("5s")).seenForOneWriteAt("10s");
    job.edited(spec -> spec.queued("50s")).seenAt("10s100ms").isDueAt("50s");
  }

  @Test
  void anOverdueWaitCanStillBeMadeLonger() {
    var job = aRunningJob().edited(spec -> spec.queued("1m"));
    job.seenAt("25s").wrote(State.Queued).isDueAt("1m");
  }

  @Test
  void anOverdueWaitThatIsMadeLongerButNotEnoughEndsWhenTheEditIsSeen() {
    var job = aRunningJob().edited(spec -> spec.queued("22s"));
    job.seenAt("25s").wrote(State.Queued, State.InProgress).ran(PhaseName.Queued, "0s", "25s");
  }

  @Test
  void anEditOfSomethingElseDoesNotMoveAnOverdueTransition() {
    var job = aRunningJob().edited(spec -> spec.timeToLive(60).inProgress("40s"));
    job.seenAt("25s").wrote(State.Queued, State.InProgress).isDueAt("1m");
    job.ran(PhaseName.Queued, "0s", "20s");
  }

  @Test
  void anEditOfThePhaseToComeCountsWhenItComes() {
    var job = aRunningJob().edited(spec -> spec.inProgress("5s")).seenAt("10s").isDueAt("20s");
    job.seenAt("20s").isDueAt("25s");
  }

  @Test
  void aPhaseThatHasEndedDoesNotChange() {
    var job = aRunningJob().seenAt("20s").edited(spec -> spec.queued("1h")).seenAt("21s");
    job.wrote(State.InProgress).isDueAt("50s").ran(PhaseName.Queued, "0s", "20s");
    assertThat(job.phase(PhaseName.Queued).duration()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aDurationThatIsTakenAwayKeepsWhatIsRecorded() {
    var job = aRunningJob().edited(spec -> spec.queued(null).inProgress(null));
    job.operatorDefaults("1s", "1s").seenAt("5s").isDueAt("20s").seenAt("20s").isDueAt("50s");
  }

  @Test
  void jitterIsAppliedToAnEditedDurationAndNotToARecordedOne() {
    var job = aJob().queued("20s").seenAt("0s");
    job.edited(spec -> spec.jitterPercent(50)).seenAt("1s");
    assertThat(job.phase(PhaseName.Queued).duration()).isNotEqualTo(Duration.ofSeconds(20));
    assertThat(job.phase(PhaseName.InProgress).duration()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void notBeforeTimeCountsUntilQueuedBegins() {
    var job = aJob().with(spec -> spec.notBefore(at("1h"))).seenAt("0s");
    job.edited(spec -> spec.notBefore(at("2h"))).seenAt("1s").isDueAt("2h");
    job.edited(spec -> spec.notBefore(at("30s"))).seenAt("2s").isDueAt("30s");
    job.seenAt("30s").wrote(State.Queued).isDueAt("40s");
    job.edited(spec -> spec.notBefore(at("3h"))).seenAt("31s").isDueAt("40s");
  }

  @Test
  void aNotBeforeTimeThatIsTakenAwayStartsTheJobWhenThatIsSeen() {
    var job = aJob().with(spec -> spec.notBefore(at("1h"))).seenAt("0s");
    job.edited(spec -> spec.notBefore(null)).seenAt("3s").wrote(State.Pending, State.Queued);
    assertThat(job.isDueAt("13s").phase(PhaseName.Queued).startTime()).isEqualTo(at("3s"));
  }

  @Test
  void anEditOfSomethingElseDoesNotMoveAnOverdueStart() {
    var job = aJob().with(spec -> spec.notBefore(at("8s"))).seenAt("0s");
    job.edited(spec -> spec.timeToLive(60)).seenAt("12s").wrote(State.Pending, State.Queued);
    assertThat(job.isDueAt("18s").phase(PhaseName.Queued).startTime()).isEqualTo(at("8s"));
  }

  @Test
  void anOverdueStartCanStillBePutOff() {
    var job = aJob().with(spec -> spec.notBefore(at("8s"))).seenAt("0s");
    job.edited(spec -> spec.notBefore(at("1m"))).seenAt("12s").wrote(State.Pending).isDueAt("1m");
  }

  @Test
  void everyEditOfARunningJobIsObservedInOneWriteThatMovesNoTime() {
    observesAnEditInOneWrite(aRunningJob(), "5s");
  }

  @Test
  void everyEditOfAFinishedJobIsObservedInOneWriteThatMovesNoTime() {
    observesAnEditInOneWrite(aRunningJob().seenAt("1h"), "2h");
  }

  private static void observesAnEditInOneWrite(JobStory job, String seen) {
    var before = job.status();
    job.edited(spec -> spec.timeToLive(1_000_000)).seenAt(seen);
    assertThat(job.writes()).hasSize(1);
    var after = job.status();
    assertThat(after.observedGeneration()).isEqualTo(job.generation());
    assertThat(after.conditions())
        .extracting(Condition::observedGeneration)
        .isNotEmpty()
        .containsOnly(job.generation());
    assertThat(withoutGenerations(after)).isEqualTo(withoutGenerations(before));
  }

  private static AsyncJobStatus withoutGenerations(AsyncJobStatus status) {
    var conditions = status.conditions();
    assertThat(conditions).isNotNull();
    return status.toBuilder()
        .observedGeneration(0L)
        .conditions(
            conditions == null ? null : conditions.stream().map(c -> c.observedAt(0)).toList())
        .build();
  }
}
