package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.PhaseName;
import dev.asyncjob.resource.RuntimeStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the acceptance to the end, on time and late. */
class LifecycleTest {
  @Test
  void aJobIsQueuedThenInProgressThenCompleted() {
    var job = aJob().queued("20s").inProgress("30s");
    job.seenAt("0s").wrote(State.Queued).isDueAt("20s");
    job.seenAt("20s4ms").wrote(State.InProgress).isDueAt("50s");
    job.seenAt("50s3ms").wrote(State.Completed).hasNoTimer();
    assertThat(job.status().completionTime()).isEqualTo(at("50s3ms"));
    job.ran(PhaseName.Queued, "0s", "20s").ran(PhaseName.InProgress, "20s", "50s");
  }

  @Test
  void theFirstWriteHoldsAllThatIsNeededToGoOn() {
    var status = aJob().queued("1m30s").inProgress("1500ms").seenAt("0s").status();
    assertThat(status.observedGeneration()).isEqualTo(1);
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.Running);
    assertThat(status.customStatus()).isEqualTo(CustomStatus.Queued);
    assertThat(status.attempt()).isEqualTo(1);
    assertThat(status.restartNonce()).isZero();
    assertThat(status.createdTime()).isEqualTo(at("0s"));
    assertThat(status.lastUpdatedTime()).isEqualTo(at("0s"));
    assertThat(status.completionTime()).isNull();
    assertThat(status.nextTransitionTime()).isEqualTo(at("90s"));
    assertThat(status.remainingDuration()).isNull();
    assertThat(status.message()).isEmpty();
    assertThat(status.output()).isNull();
    assertThat(status.phases())
        .extracting(phase -> phase.name() + " " + phase.duration())
        .containsExactly("Queued PT1M30S", "InProgress PT1.5S");
    assertThat(status.conditions())
        .extracting(condition -> condition.type() + " " + condition.status())
        .containsExactly("Started True");
  }

  @Test
  void aTransitionIsNeverEarly() {
    var job = aJob().queued("20s").inProgress("30s").seenAt("0s");
    job.seenAt(at("20s").minusNanos(1)).wrote().isDueAt("20s");
    job.seenAt("20s").wrote(State.InProgress);
    job.seenAt(at("50s").minusNanos(1)).wrote().isDueAt("50s");
    job.seenAt("50s").wrote(State.Completed);
  }

  @Test
  void latenessNeverAddsUp() {
    var job = aJob().queued("20s").inProgress("30s").seenAt("0s");
    job.seenAt("27s").wrote(State.InProgress).isDueAt("50s");
    assertThat(job.status().lastUpdatedTime()).isEqualTo(at("27s"));
    job.seenAt("58s").wrote(State.Completed).ran(PhaseName.InProgress, "20s", "50s");
    assertThat(job.status().completionTime()).isEqualTo(at("58s"));
  }

  @Test
  void afterAnOutageEveryStateIsWrittenInOrderAndOnce() {
    var job = aJob().queued("20s").inProgress("30s").seenAt("0s").seenAt("1h");
    job.wrote(State.InProgress, State.Completed);
    job.ran(PhaseName.Queued, "0s", "20s").ran(PhaseName.InProgress, "20s", "50s");
    assertThat(job.writes().get(0).nextTransitionTime()).isEqualTo(at("50s"));
  }

  @Test
  void anOutageOfOnePhaseOwesOneState() {
    aJob().queued("20s").inProgress("30s").seenAt("0s").seenAt("45s").wrote(State.InProgress);
  }

  @Test
  void aCrashBetweenTwoOwedStatesLosesNeither() {
    var job = aJob().queued("20s").inProgress("30s").seenAt("0s").seenForOneWriteAt("1h");
    job.wrote(State.InProgress);
    job.seenAt("2h").wrote(State.Completed).ran(PhaseName.InProgress, "20s", "50s");
  }

  @Test
  void phasesOfNoLengthAreStatesAllTheSame() {
    aJob()
        .queued("0s")
        .inProgress("0s")
        .seenAt("0s")
        .wrote(State.Queued, State.InProgress, State.Completed);
  }

  @Test
  void aSecondLookChangesNothing() {
    var job = aJob().queued("20s").inProgress("30s");
    for (var offset : List.of("0s", "20s", "50s")) {
      assertThat(job.seenAt(offset).writes()).hasSize(1);
      assertThat(job.seenAt(offset).writes()).isEmpty();
    }
  }

  @Test
  void defaultsAreResolvedOnceAnAttempt() {
    var job = aJob().seenAt("0s").isDueAt("10s");
    job.operatorDefaults("5s", "5s").seenAt("10s").wrote(State.InProgress).isDueAt("30s");
    job.seenAt("30s").wrote(State.Completed);
    job.restarted().seenAt("40s").wrote(State.Queued).isDueAt("45s");
  }

  @Test
  void oneOfTheDurationsMayBeADefault() {
    aJob().queued("1s").seenAt("0s").isDueAt("1s").seenAt("1s").isDueAt("21s");
  }

  @Test
  void theThirdPartyIdIsThatOfTheSpecElseOneDerivedFromUidAndAttempt() {
    assertThat(aJob().with(spec -> spec.thirdPartyJobId("x-1")).seenAt("0s").status())
        .extracting(AsyncJobStatus::thirdPartyJobId)
        .isEqualTo("x-1");
    assertThat(aJob().seenAt("0s").status().thirdPartyJobId())
        .isEqualTo(aJob().seenAt("9h").status().thirdPartyJobId())
        .isEqualTo(ThirdPartyJobId.of(JobStory.UID, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "-5s, 0s, 0s", // in the past: the acceptance counts
    "0s, 0s, 0s",
    "8s, 8s, 8s",
    "8s, 11s, 8s" // noticed late: the due time counts
  })
  void queuedStartsAtTheLaterOfAcceptanceAndNotBeforeTime(
      String notBefore, String seen, String start) {
    var job = aJob().with(spec -> spec.notBefore(at(notBefore))).seenAt("0s").seenAt(seen);
    assertThat(job.isIn(State.Queued).phase(PhaseName.Queued).startTime()).isEqualTo(at(start));
  }

  @Test
  void aJobIsPendingUntilNotBeforeTime() {
    var job = aJob().with(spec -> spec.notBefore(at("8s"))).seenAt("0s");
    job.wrote(State.Pending).isDueAt("8s");
    assertThat(job.status().runtimeStatus()).isEqualTo(RuntimeStatus.Pending);
    assertThat(job.status().customStatus()).isNull();
    assertThat(job.status().conditions()).isEmpty();
    job.seenAt("7s999ms").wrote();
    job.seenAt("8s").wrote(State.Queued).isDueAt("18s");
    assertThat(job.condition(ConditionType.Started).lastTransitionTime()).isEqualTo(at("8s"));
  }

  @Test
  void jitterStaysWithinItsRangeAndDiffersBetweenPhasesAndAttempts() {
    var job = aJob().queued("100s").inProgress("100s").with(spec -> spec.jitterPercent(10));
    var first = job.seenAt("0s").status();
    var lengths =
        List.of(job.phase(PhaseName.Queued).duration(), job.phase(PhaseName.InProgress).duration());
    assertThat(lengths)
        .doesNotHaveDuplicates()
        .allMatch(length -> Duration.ofSeconds(90).compareTo(length) <= 0)
        .allMatch(length -> Duration.ofSeconds(110).compareTo(length) >= 0)
        .allMatch(length -> length.equals(Duration.ofMillis(length.toMillis())));
    job.seenAt("1h").restarted().seenAt("2h");
    assertThat(job.phase(PhaseName.Queued).duration()).isNotEqualTo(lengths.get(0));
    assertThat(
            aJob()
                .queued("100s")
                .inProgress("100s")
                .with(spec -> spec.jitterPercent(10))
                .seenAt("0s")
                .status())
        .isEqualTo(first);
  }

  @Test
  void jitterSpreadsDefaultsToo() {
    var job = aJob().with(spec -> spec.jitterPercent(50)).seenAt("0s");
    assertThat(job.phase(PhaseName.Queued).duration()).isNotEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theLongestDurationsCanBeWrittenAndReadAgain() {
    var job =
        aJob()
            .queued("99999h99999h99999h99999h")
            .inProgress("99999h59m59s")
            .with(spec -> spec.jitterPercent(100))
            .seenAt("0s");
    assertThat(job.seenAt("1s").writes()).isEmpty();
  }

  @Test
  void lastUpdatedTimeIsThatOfTheWriteInWholeMilliseconds() {
    var job = aJob().seenAt(at("0s").plusNanos(1_999_999));
    assertThat(job.status().lastUpdatedTime()).isEqualTo(at("1ms"));
    job.isDueAt("10s1ms");
  }
}
