package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The deletion of finished jobs. */
class TimeToLiveTest {
  private static JobStory completed(@Nullable Integer timeToLive) {
    return aJob().with(spec -> spec.timeToLive(timeToLive)).seenAt("0s").seenAt("1m");
  }

  static Stream<Arguments> finishedJobs() {
    return Stream.of(
        Arguments.of("Completed", completed(60)),
        Arguments.of(
            "Failed",
            aJob().with(spec -> spec.timeToLive(60).failing(null, null)).seenAt("0s").seenAt("1m")),
        Arguments.of(
            "Terminated",
            aJob()
                .with(spec -> spec.timeToLive(60))
                .seenAt("0s")
                .terminated("enough")
                .seenAt("1m")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("finishedJobs")
  void aFinishedJobIsDeletedOnTimeAndNotBefore(State state, JobStory job) {
    job.isIn(state);
    assertThat(job.lastStep()).isEqualTo(new Step.Wait(at("2m")));
    job.seenAt(at("2m").minusNanos(1));
    assertThat(job.lastStep()).isEqualTo(new Step.Wait(at("2m")));
    assertThat(job.seenAt("2m").lastStep()).isEqualTo(new Step.Delete());
    assertThat(job.writes()).isEmpty();
  }

  @Test
  void aTimeToLiveOfZeroDeletesAtOnce() {
    var job = completed(0).isIn(State.Completed);
    assertThat(job.lastStep()).isEqualTo(new Step.Delete());
  }

  @Test
  void withoutATimeToLiveAJobIsKeptForEver() {
    assertThat(completed(null).seenAt("9999h").lastStep()).isEqualTo(new Step.Rest());
  }

  @Test
  void theOperatorsDefaultCountsForEveryFinishedJobWithoutItsOwn() {
    var job = completed(null).operatorTimeToLive("5m").seenAt("2m");
    assertThat(job.lastStep()).isEqualTo(new Step.Wait(at("6m")));
    assertThat(job.seenAt("6m").lastStep()).isEqualTo(new Step.Delete());
    var own = completed(3_600).operatorTimeToLive("5m").seenAt("6m");
    assertThat(own.lastStep()).isEqualTo(new Step.Wait(at("1h1m")));
  }

  @Test
  void itCanBeSetChangedAndTakenAwayAfterTheEnd() {
    var job = completed(null).edited(spec -> spec.timeToLive(600)).seenAt("2m");
    assertThat(job.lastStep()).isEqualTo(new Step.Wait(at("11m")));
    job.edited(spec -> spec.timeToLive(null)).seenAt("3m");
    assertThat(job.lastStep()).isEqualTo(new Step.Rest());
    job.edited(spec -> spec.timeToLive(60)).seenAt("4m");
    assertThat(job.lastStep()).isEqualTo(new Step.Delete());
  }

  @Test
  void aRestartComesBeforeTheDeletion() {
    completed(60).restarted().seenAt("1h").wrote(State.Queued);
  }

  @Test
  void anUnfinishedJobIsNeverDeleted() {
    var job = aJob().with(spec -> spec.timeToLive(0)).seenAt("0s").isDueAt("10s");
    job.suspended().seenAt("5s");
    assertThat(job.seenAt("9999h").lastStep()).isEqualTo(new Step.Rest());
  }

  @Test
  void aJobWhoseSpecCannotBeReadIsKept() {
    var job = completed(60).becomesUnreadable("spec.ttlSecondsAfterFinished: bad").seenAt("1h");
    assertThat(job.isIn(State.Completed).lastStep()).isEqualTo(new Step.Rest());
    assertThat(job.writes()).isEmpty();
    job.operatorTimeToLive("1m").seenAt("2h");
    assertThat(job.lastStep()).isEqualTo(new Step.Rest());
    assertThat(job.repaired().seenAt("3h").lastStep()).isEqualTo(new Step.Delete());
  }

  @Test
  void aClockThatJumpsBackDelaysTheDeletion() {
    assertThat(completed(60).seenAt("-1h").lastStep()).isEqualTo(new Step.Wait(at("2m")));
  }
}
