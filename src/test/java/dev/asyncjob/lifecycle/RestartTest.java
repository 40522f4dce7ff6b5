package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.PhaseName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The next attempt of a finished job. */
class RestartTest {
  private static JobStory completed() {
    return aJob().queued("20s").inProgress("30s").seenAt("0s").seenAt("1m");
  }

  private static JobStory failed() {
    return aJob()
        .with(spec -> spec.failing("Broken", "was broken"))
        .seenAt("0s")
        .seenAt("1m")
        .isIn(State.Failed);
  }

  private static JobStory terminated() {
    return aJob().seenAt("0s").terminated("enough").seenAt("1m").isIn(State.Terminated);
  }

  static Stream<JobStory> finishedJobs() {
    return Stream.of(completed(), failed(), terminated());
  }

  @ParameterizedTest
  @MethodSource("finishedJobs")
  void beginsAnew(JobStory job) {
    job.edited(spec -> spec.restarted().queued("5s").inProgress("6s")).seenAt("2m");
    job.wrote(State.Queued).isDueAt("2m5s");
    var status = job.status();
    assertThat(status.attempt()).isEqualTo(2);
    assertThat(status.restartNonce()).isEqualTo(1);
    assertThat(status.createdTime()).isEqualTo(at("2m"));
    assertThat(status.lastUpdatedTime()).isEqualTo(at("2m"));
    assertThat(status.completionTime()).isNull();
    assertThat(status.output()).isNull();
    assertThat(status.message()).isEmpty();
    assertThat(status.observedGeneration()).isEqualTo(job.generation());
    assertThat(status.thirdPartyJobId()).isEqualTo(ThirdPartyJobId.of(JobStory.UID, 2));
    assertThat(job.phase(PhaseName.Queued).startTime()).isEqualTo(at("2m"));
    assertThat(job.phase(PhaseName.Queued).endTime()).isNull();
    assertThat(job.phase(PhaseName.InProgress).startTime()).isNull();
  }

  @ParameterizedTest
  @MethodSource("finishedJobs")
  void resetsEachConditionThatWasTrueAndStartsAnew(JobStory job) {
    var before = job.status().conditions();
    job.restarted().seenAt("2m");
    assertThat(job.condition(ConditionType.Started).isTrue()).isTrue();
    assertThat(job.condition(ConditionType.Started).lastTransitionTime()).isEqualTo(at("2m"));
    assertThat(job.status().conditions())
        .hasSameSizeAs(before)
        .filteredOn(condition -> condition.type() != ConditionType.Started)
        .isNotEmpty()
        .allMatch(condition -> !condition.isTrue())
        .allMatch(condition -> condition.lastTransitionTime().equals(at("2m")))
        .extracting(Condition::reason)
        .containsOnly("Restarted");
    assertThat(job.status().conditions())
        .extracting(Condition::observedGeneration)
        .containsOnly(job.generation());
  }

  @ParameterizedTest
  @MethodSource("finishedJobs")
  void canBeRepeated(JobStory job) {
    job.edited(spec -> spec.restarted().noOutcome()).seenAt("2m").seenAt("1h");
    job.isIn(State.Completed).restarted().seenAt("2h").wrote(State.Queued);
    assertThat(job.status().attempt()).isEqualTo(3);
    job.seenAt("3h").wrote(State.InProgress, State.Completed);
  }

  @Test
  void happensOncePerRaise() {
    var job = completed().restarted().seenAt("2m").seenAt("1h").isIn(State.Completed);
    assertThat(job.seenAt("2h").writes()).isEmpty();
    job.edited(spec -> spec.timeToLive(null)).seenAt("3h").isIn(State.Completed);
    job.edited(spec -> spec.restartNonce(100L)).seenAt("4h").wrote(State.Queued);
    assertThat(job.status().attempt()).isEqualTo(3);
    assertThat(job.status().restartNonce()).isEqualTo(100);
  }

  @Test
  void aNonceThatIsThereFromTheStartRestartsNothing() {
    var job = aJob().with(spec -> spec.restartNonce(7L)).seenAt("0s").seenAt("1m");
    assertThat(job.isIn(State.Completed).seenAt("2m").writes()).isEmpty();
    assertThat(job.status().restartNonce()).isEqualTo(7);
  }

  @Test
  void takesTheThirdPartyIdOfTheSpec() {
    var job = completed().edited(spec -> spec.restarted().thirdPartyJobId("next")).seenAt("2m");
    assertThat(job.status().thirdPartyJobId()).isEqualTo("next");
  }

  @Test
  void whileSuspendWaitsForTheResumption() {
    var job = completed().edited(spec -> spec.restarted().suspend(true)).seenAt("2m");
    job.wrote(State.Pending).hasNoTimer();
    assertThat(job.condition(ConditionType.Suspended).isTrue()).isTrue();
    assertThat(job.condition(ConditionType.Started).isTrue()).isFalse();
    assertThat(job.status().customStatus()).isNull();
    job.resumed().seenAt("3m").wrote(State.Queued).isDueAt("3m20s");
  }

  @Test
  void waitsForNotBeforeTime() {
    var job = completed().edited(spec -> spec.restarted().notBefore(at("1h"))).seenAt("2m");
    job.wrote(State.Pending).isDueAt("1h").seenAt("1h").wrote(State.Queued);
  }

  @Test
  void suspendOnAFinishedJobDoesNothingByItself() {
    var job = completed().suspended().seenAt("2m");
    assertThat(job.isIn(State.Completed).status().condition(ConditionType.Suspended)).isEmpty();
  }

  @Test
  void startsAtNoEarlierMomentThanTheEndOfTheLastAttempt() {
    var job = completed().restarted().seenAt("30s");
    assertThat(job.status().createdTime()).isEqualTo(at("1m"));
    assertThat(job.phase(PhaseName.Queued).startTime()).isEqualTo(at("1m"));
  }
}
