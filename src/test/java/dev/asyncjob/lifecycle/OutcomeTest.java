package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.Json;
import dev.asyncjob.resource.RuntimeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How jobs end. */
class OutcomeTest {
  private static final int LIMIT = 16_384;

  /** A JSON text of so many bytes, all but the quotes in characters of two bytes. */
  private static String text(int bytes) {
    return "\"" + "é".repeat((bytes - 2) / 2) + (bytes % 2 == 0 ? "" : "x") + "\"";
  }

  @Test
  void aCompletedJobReturnsItsOutput() {
    var job = aJob().with(spec -> spec.output("{\"rows\":42}")).seenAt("0s");
    assertThat(job.status().output()).isNull();
    job.seenAt("1m").isIn(State.Completed);
    assertThat(job.status().output()).isEqualTo(new Json("{\"rows\":42}"));
    assertThat(job.status().customStatus()).isEqualTo(CustomStatus.Completed);
    assertThat(job.status().message()).isEmpty();
    assertThat(job.condition(ConditionType.Finished).isTrue()).isTrue();
    assertThat(job.condition(ConditionType.Complete).isTrue()).isTrue();
    assertThat(job.condition(ConditionType.Started).isTrue()).isTrue();
    assertThat(job.status().condition(ConditionType.Failed)).isEmpty();
    assertThat(job.status().condition(ConditionType.Stalled)).isEmpty();
  }

  @Test
  void aJobFailsWithItsReasonAndMessageAndWithoutOutput() {
    var job =
        aJob()
            .with(spec -> spec.output("1").failing("QuotaExceeded", "no capacity left"))
            .seenAt("0s")
            .seenAt("10s")
            .isIn(State.InProgress)
            .seenAt("31s")
            .wrote(State.Failed);
    assertThat(job.status().runtimeStatus()).isEqualTo(RuntimeStatus.Failed);
    assertThat(job.status().customStatus()).isEqualTo(CustomStatus.Failed);
    assertThat(job.status().message()).isEqualTo("no capacity left");
    assertThat(job.status().output()).isNull();
    assertThat(job.status().completionTime()).isEqualTo(at("31s"));
    assertThat(job.status().condition(ConditionType.Complete)).isEmpty();
    for (var type :
        new ConditionType[] {ConditionType.Finished, ConditionType.Failed, ConditionType.Stalled}) {
      assertThat(job.condition(type).isTrue()).isTrue();
      assertThat(job.condition(type).reason()).isEqualTo("QuotaExceeded");
      assertThat(job.condition(type).message()).isEqualTo("no capacity left");
    }
  }

  @Test
  void aFailureWithoutReasonIsCalledFailed() {
    var job = aJob().with(spec -> spec.failing(null, null)).seenAt("0s").seenAt("1m");
    assertThat(job.isIn(State.Failed).condition(ConditionType.Failed).reason()).isEqualTo("Failed");
    assertThat(job.status().message()).isEmpty();
  }

  @Test
  void failurePercentOfZeroNeverFails() {
    for (int n = 0; n < 200; n++) {
      aJob()
          .uid(DrawTest.uid(n))
          .with(spec -> spec.failurePercent(0))
          .seenAt("0s")
          .seenAt("1m")
          .isIn(State.Completed);
    }
  }

  @Test
  void failurePercentDecidesForEachJobAndForEachAttemptAnew() {
    int failed = 0;
    int failedTheSecondTime = 0;
    for (int n = 0; n < 200; n++) {
      var job = aJob().uid(DrawTest.uid(n)).with(spec -> spec.failurePercent(30));
      var first = job.seenAt("0s").seenAt("1m").state();
      var second = job.restarted().seenAt("2m").seenAt("1h").state();
      failed += first == State.Failed ? 1 : 0;
      failedTheSecondTime += first == State.Failed && second == State.Failed ? 1 : 0;
    }
    assertThat(failed).isBetween(40, 80);
    assertThat(failedTheSecondTime).isBetween(5, 35);
  }

  @Test
  void theOutcomeIsReadAtTheEndOfInProgress() {
    var job = aJob().with(spec -> spec.failing("Late", "")).seenAt("0s").seenAt("10s");
    job.edited(spec -> spec.noOutcome().output("7")).seenAt("20s").seenAt("30s");
    job.isIn(State.Completed);
    assertThat(job.status().output()).isEqualTo(new Json("7"));
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT - 1, LIMIT})
  void anOutputOfUpTo16KiBIsReturned(int bytes) {
    var job = aJob().with(spec -> spec.output(text(bytes))).seenAt("0s").seenAt("1m");
    assertThat(job.isIn(State.Completed).status().output()).isEqualTo(new Json(text(bytes)));
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, LIMIT + 2})
  void aJobWithMoreOutputIsNotStarted(int bytes) {
    var job = aJob().with(spec -> spec.output(text(bytes))).seenAt("0s").wrote(State.Failed);
    assertThat(job.hasNoTimer().status().customStatus()).isEqualTo(CustomStatus.Failed);
    assertThat(job.condition(ConditionType.Failed).reason()).isEqualTo("OutputTooLarge");
    assertThat(job.condition(ConditionType.Finished).isTrue()).isTrue();
    assertThat(job.status().message()).contains("16384", Integer.toString(bytes));
    assertThat(job.status().condition(ConditionType.Started)).isEmpty();
    assertThat(job.status().completionTime()).isEqualTo(at("0s"));
    assertThat(job.status().output()).isNull();
  }

  @Test
  void tooLargeAnOutputOfAJobThatWaitsFailsItAtTheStart() {
    var job = aJob().with(spec -> spec.suspend(true).output(text(LIMIT + 1))).seenAt("0s");
    job.isIn(State.Pending).resumed().seenAt("1m").wrote(State.Failed);
    assertThat(job.condition(ConditionType.Suspended).isTrue()).isFalse();
  }

  @Test
  void tooLargeAnOutputOfARunningJobFailsItAtTheEnd() {
    var job = aJob().seenAt("0s").edited(spec -> spec.output(text(LIMIT + 1))).seenAt("5s");
    job.wrote(State.Queued).seenAt("1m").wrote(State.InProgress, State.Failed);
    assertThat(job.condition(ConditionType.Failed).reason()).isEqualTo("OutputTooLarge");
  }
}
