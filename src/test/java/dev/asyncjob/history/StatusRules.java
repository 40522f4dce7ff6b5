package dev.asyncjob.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.RuntimeStatus;
import java.util.List;
import java.util.Objects;

/** The fields of one status fit together. */
final class StatusRules {
  private StatusRules() {}

  static void check(AsyncJobStatus status, long generation) {
    checkObserved(status, generation);
    checkConditions(status);
    checkTimer(status);
    if (status.phases() != null) {
      var queued = status.phases().get(0);
      var inProgress = status.phases().get(1);
      assertThat(queued.endTime()).as("end of Queued").isEqualTo(inProgress.startTime());
    }
  }

  /** What is written takes the whole spec into account, and says so everywhere. */
  static void checkObserved(AsyncJobStatus status, long generation) {
    assertThat(status.observedGeneration()).as("observedGeneration").isEqualTo(generation);
    for (var condition : Objects.requireNonNullElse(status.conditions(), List.<Condition>of())) {
      assertThat(condition.observedGeneration()).as("that of %s", condition).isEqualTo(generation);
      assertThat(condition.reason()).as("reason of %s", condition).isNotBlank();
    }
  }

  private static void checkConditions(AsyncJobStatus status) {
    assertThat(status.isTrue(ConditionType.Finished)).as("Finished").isEqualTo(status.isFinished());
    assertThat(status.isTrue(ConditionType.Complete))
        .as("Complete")
        .isEqualTo(status.runtimeStatus() == RuntimeStatus.Completed);
    assertThat(status.isTrue(ConditionType.Failed))
        .as("Failed")
        .isEqualTo(status.isFinished() && status.runtimeStatus() != RuntimeStatus.Completed);
    assertThat(status.completionTime() != null).as("completionTime").isEqualTo(status.isFinished());
    assertThat(status.isTrue(ConditionType.Started)).as("Started").isEqualTo(hasStarted(status));
  }

  private static void checkTimer(AsyncJobStatus status) {
    var isRunning = status.runtimeStatus() == RuntimeStatus.Running;
    var isSuspended = status.isTrue(ConditionType.Suspended);
    if (isRunning) {
      assertThat(status.nextTransitionTime()).as("timer of a running job").isNotNull();
    }
    if (isSuspended || status.isFinished()) {
      assertThat(status.nextTransitionTime()).as("timer of a held or finished job").isNull();
    }
    if (status.remainingDuration() != null) {
      assertThat(isSuspended && hasStarted(status)).as("frozen").isTrue();
    }
    if (status.isFinished() || isRunning) {
      assertThat(isSuspended).as("Suspended").isFalse();
    }
  }

  private static boolean hasStarted(AsyncJobStatus status) {
    return status.phases() != null && status.phases().get(0).startTime() != null;
  }
}
