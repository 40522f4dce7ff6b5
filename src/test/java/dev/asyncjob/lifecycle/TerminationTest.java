package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.resource.SuspendPolicy;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The end by spec.termination, from each unfinished state. */
class TerminationTest {
  private static JobStory ready() {
    return aJob().queued("20s").inProgress("30s");
  }

  static Stream<Arguments> unfinishedJobs() {
    return Stream.of(
        Arguments.of("unseen", ready(), null),
        Arguments.of("Pending", ready().with(s -> s.notBefore(at("1h"))).seenAt("0s"), null),
        Arguments.of("Pending, suspended", ready().with(s -> s.suspend(true)).seenAt("0s"), null),
        Arguments.of("Queued", ready().seenAt("0s"), CustomStatus.Queued),
        Arguments.of("InProgress", ready().seenAt("0s").seenAt("20s"), CustomStatus.InProgress),
        Arguments.of("frozen", ready().seenAt("0s").suspended().seenAt("5s"), CustomStatus.Queued),
        Arguments.of(
            "suspended, the timer running on",
            ready()
                .with(s -> s.suspendPolicy(SuspendPolicy.Continue))
                .seenAt("0s")
                .seenAt("20s")
                .suspended()
                .seenAt("25s"),
            CustomStatus.InProgress),
        Arguments.of("overdue", ready().seenAt("0s"), CustomStatus.Queued));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unfinishedJobs")
  void endsTheJobAtOnce(String state, JobStory job, @Nullable CustomStatus kept) {
    var started = job.status().isTrue(ConditionType.Started);
    job.terminated("superseded").seenAt("40s").wrote(State.Terminated).hasNoTimer();
    var status = job.status();
    assertThat(status.runtimeStatus()).isEqualTo(RuntimeStatus.Terminated);
    assertThat(status.customStatus()).isEqualTo(kept);
    assertThat(status.message()).isEqualTo("superseded");
    assertThat(status.completionTime()).isEqualTo(at("40s"));
    assertThat(status.lastUpdatedTime()).isEqualTo(at("40s"));
    assertThat(status.remainingDuration()).isNull();
    assertThat(status.output()).isNull();
    assertThat(status.isTrue(ConditionType.Suspended)).isFalse();
    assertThat(status.isTrue(ConditionType.Complete)).isFalse();
    assertThat(status.isTrue(ConditionType.Started)).isEqualTo(started);
    for (var type :
        new ConditionType[] {ConditionType.Finished, ConditionType.Failed, ConditionType.Stalled}) {
      assertThat(job.condition(type).isTrue()).isTrue();
      assertThat(job.condition(type).reason()).isEqualTo("Terminated");
      assertThat(job.condition(type).message()).isEqualTo("superseded");
    }
    assertThat(job.seenAt("1h").writes()).isEmpty();
  }

  @Test
  void needsNoReason() {
    var job = ready().seenAt("0s").terminated(null).seenAt("1s").isIn(State.Terminated);
    assertThat(job.status().message()).isEmpty();
    assertThat(job.condition(ConditionType.Failed).reason()).isEqualTo("Terminated");
  }

  @Test
  void comesBeforeSuspensionAndResumption() {
    ready()
        .seenAt("0s")
        .edited(spec -> spec.suspend(true).terminated("enough"))
        .seenAt("1s")
        .wrote(State.Terminated);
    ready()
        .seenAt("0s")
        .suspended()
        .seenAt("1s")
        .edited(spec -> spec.suspend(false).terminated("enough"))
        .seenAt("2s")
        .wrote(State.Terminated);
  }

  @Test
  void comesBeforeTheStartOfAJobWhoseOutputIsTooLarge() {
    aJob()
        .with(spec -> spec.output("\"" + "x".repeat(20_000) + "\"").terminated("enough"))
        .seenAt("0s")
        .wrote(State.Terminated);
  }
}
