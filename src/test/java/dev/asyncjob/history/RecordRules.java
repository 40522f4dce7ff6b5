package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.Phase;
import java.util.List;
import java.util.Objects;

/** What has been recorded stays, and nothing is recorded twice. */
final class RecordRules {
  private RecordRules() {}

  /** No recorded time falls, and none is written before it has come. */
  static void checkTimes(AsyncJobStatus before, AsyncJobStatus after, Decision decision) {
    var last = before.lastUpdatedTime();
    if (last != null) {
      assertThat(after.lastUpdatedTime()).as("lastUpdatedTime").isAfterOrEqualTo(last);
    }
    if (after.lastUpdatedTime() != null && !after.lastUpdatedTime().equals(last)) {
      assertThat(after.lastUpdatedTime())
          .as("lastUpdatedTime by the clock")
          .isBeforeOrEqualTo(decision.latest());
    }
    for (var type : ConditionType.values()) {
      before
          .condition(type)
          .ifPresent(
              old ->
                  assertThat(after.condition(type).orElseThrow().lastTransitionTime())
                      .as("lastTransitionTime of %s", type)
                      .isAfterOrEqualTo(old.lastTransitionTime()));
    }
  }

  /** One write for each change: of the state, by a suspension, or of the spec. */
  static void checkThatSomethingChanged(StoredJob job, AsyncJobStatus after) {
    var before = job.status();
    var isChange =
        !Invariants.sameAttempt(before, after)
            || Stage.of(before) != Stage.of(after)
            || before.isTrue(ConditionType.Suspended) != after.isTrue(ConditionType.Suspended)
            || !Objects.equals(before.observedGeneration(), job.generation());
    assertThat(isChange).as("a write that was owed").isTrue();
  }

  static void checkFinished(AsyncJobStatus before, AsyncJobStatus after) {
    assertThat(withoutGenerations(after))
        .as("a finished attempt")
        .isEqualTo(withoutGenerations(before));
  }

  /** Within an attempt. */
  static void checkAttempt(AsyncJobStatus before, AsyncJobStatus after) {
    assertThat(after.thirdPartyJobId()).as("id").isEqualTo(before.thirdPartyJobId());
    assertThat(after.createdTime()).as("createdTime").isEqualTo(before.createdTime());
    checkPhases(requireNonNull(before.phases()), requireNonNull(after.phases()));
  }

  private static void checkPhases(List<Phase> before, List<Phase> after) {
    for (int i = 0; i < before.size(); i++) {
      var phase = before.get(i);
      if (phase.startTime() != null) {
        assertThat(after.get(i).startTime())
            .as("start of %s", phase.name())
            .isEqualTo(phase.startTime());
      }
      if (phase.endTime() != null) {
        assertThat(after.get(i)).as("phase that has ended").isEqualTo(phase);
      }
    }
  }

  private static AsyncJobStatus withoutGenerations(AsyncJobStatus status) {
    return status.toBuilder()
        .observedGeneration(null)
        .conditions(
            Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .map(c -> c.observedAt(0))
                .toList())
        .build();
  }
}
