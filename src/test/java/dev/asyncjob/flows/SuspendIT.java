package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.ConditionType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class SuspendIT {

  @Flow
  void freezeKeepsTheRemainingTimeOfQueued(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 3s, inProgressDuration: 600s}");
    var due = jobs.await("x", "Queued/Running").status().nextTransitionTime();

    suspend(jobs);
    var held = jobs.await("x", "Queued/Suspended");
    assertThat(held.status().nextTransitionTime()).isNull();
    assertThat(held.status().remainingDuration())
        .isEqualTo(Duration.between(held.status().lastUpdatedTime(), due));

    Jobs.awaitTime(due);
    resume(jobs);
    var resumed = jobs.await("x", version -> isResumed(version), "resumed");
    var now = resumed.status().lastUpdatedTime();
    assertThat(resumed.state()).isEqualTo("Queued/Running");
    assertThat(resumed.status().remainingDuration()).isNull();
    assertThat(resumed.status().nextTransitionTime())
        .isEqualTo(now.plus(held.status().remainingDuration()));
    assertThat(resumed.queued().frozenDuration())
        .isEqualTo(Duration.between(held.status().lastUpdatedTime(), now));

    var inProgress = jobs.await("x", "InProgress/Running");
    assertThat(inProgress.queued().endTime())
        .isEqualTo(
            inProgress
                .queued()
                .startTime()
                .plus(inProgress.queued().duration())
                .plus(inProgress.queued().frozenDuration()));
    assertThat(jobs.states("x"))
        .containsExactly(
            "-/-",
            "Queued/Running",
            "Queued/Running",
            "Queued/Suspended",
            "Queued/Suspended",
            "Queued/Running",
            "InProgress/Running");
  }

  @Flow
  void freezeKeepsTheRemainingTimeOfInProgress(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 600s, suspendPolicy: Freeze}");
    jobs.await("x", "InProgress/Running");

    suspend(jobs);
    var held = jobs.await("x", "InProgress/Suspended");
    resume(jobs);

    var resumed = jobs.await("x", "InProgress/Running");
    assertThat(resumed.queued()).isEqualTo(held.queued());
    assertThat(resumed.status().nextTransitionTime())
        .isEqualTo(resumed.status().lastUpdatedTime().plus(held.status().remainingDuration()));
  }

  @Flow
  void continueLetsTheClockRunOnAndFiresAtTheResume(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 3s, inProgressDuration: 600s, suspendPolicy: Continue}");
    var due = jobs.await("x", "Queued/Running").status().nextTransitionTime();

    suspend(jobs);
    var held = jobs.await("x", "Queued/Suspended");
    assertThat(held.status().nextTransitionTime()).isNull();
    assertThat(held.status().remainingDuration()).isNull();

    Jobs.awaitTime(due);
    assertThat(jobs.states("x")).endsWith("Queued/Suspended");
    var resume = Instant.now();
    resume(jobs);
    assertThat(jobs.await("x", "InProgress/Running").queued().endTime())
        .isAfterOrEqualTo(resume.minusMillis(1));
  }

  @Flow
  void continueKeepsADueTimeThatIsStillToCome(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s, suspendPolicy: Continue}");
    var due = jobs.await("x", "Queued/Running").status().nextTransitionTime();

    suspend(jobs);
    jobs.await("x", "Queued/Suspended");
    resume(jobs);

    var resumed = jobs.await("x", "Queued/Running");
    assertThat(resumed.status().nextTransitionTime()).isEqualTo(due);
    assertThat(resumed.queued().frozenDuration()).isNull();
  }

  @Flow
  void thePolicyIsReadWhenTheSuspensionBegins(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");
    suspend(jobs);
    var held = jobs.await("x", "Queued/Suspended");

    jobs.edit("x", "{\"suspendPolicy\": \"Continue\"}");

    assertThat(jobs.awaitObserved("x").status().remainingDuration())
        .isEqualTo(held.status().remainingDuration());
    resume(jobs);
    var resumed = jobs.await("x", "Queued/Running");
    assertThat(resumed.status().nextTransitionTime())
        .isEqualTo(resumed.status().lastUpdatedTime().plus(held.status().remainingDuration()));
  }

  @Flow
  void anEditWhileFrozenAddsTheDifference(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");
    suspend(jobs);
    var remaining = jobs.await("x", "Queued/Suspended").status().remainingDuration();

    jobs.edit("x", "{\"queuedDuration\": \"700s\"}");
    assertThat(jobs.awaitObserved("x").status().remainingDuration())
        .isEqualTo(remaining.plusSeconds(100));
    jobs.edit("x", "{\"queuedDuration\": \"1ms\"}");
    assertThat(jobs.awaitObserved("x").status().remainingDuration()).isZero();

    resume(jobs);
    jobs.await("x", "InProgress/Running");
  }

  @Flow
  void suspendedBeforeTheStartItStartsOnResume(Jobs jobs) {
    jobs.apply("x", "{suspend: true, queuedDuration: 600s}");

    var held = jobs.await("x", "-/Pending");
    assertThat(held.status().isTrue(ConditionType.Suspended)).isTrue();
    assertThat(held.status().condition(ConditionType.Started)).isEmpty();
    assertThat(held.status().nextTransitionTime()).isNull();

    var resume = Instant.now();
    resume(jobs);
    var queued = jobs.await("x", "Queued/Running");
    assertThat(queued.queued().startTime()).isAfterOrEqualTo(resume.minusMillis(1));
    assertThat(queued.queued().frozenDuration()).isNull();
    assertThat(queued.status().isTrue(ConditionType.Suspended)).isFalse();
    assertThat(jobs.states("x")).containsExactly("-/-", "-/Pending", "-/Pending", "Queued/Running");
  }

  @Flow
  void suspendedWhilePendingItStaysSoPastNotBeforeTime(Jobs jobs) {
    var start = Instant.ofEpochMilli(Instant.now().plusSeconds(3).toEpochMilli());
    jobs.apply("x", "{queuedDuration: 600s, notBeforeTime: '%s'}".formatted(start));
    jobs.await("x", "-/Pending");
    suspend(jobs);
    jobs.await("x", version -> version.status().isTrue(ConditionType.Suspended), "suspended");

    Jobs.awaitTime(start);
    assertThat(jobs.states("x")).endsWith("-/Pending");
    resume(jobs);
    assertThat(jobs.await("x", "Queued/Running").queued().startTime()).isAfter(start);
  }

  @Flow
  void suspendingTwiceAddsUp(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");
    suspend(jobs);
    jobs.await("x", "Queued/Suspended");
    resume(jobs);
    var once = jobs.await("x", "Queued/Running").queued().frozenDuration();
    suspend(jobs);
    var held = jobs.await("x", "Queued/Suspended").status().lastUpdatedTime();
    resume(jobs);

    var twice = jobs.await("x", "Queued/Running");
    assertThat(twice.queued().frozenDuration())
        .isEqualTo(once.plus(Duration.between(held, twice.status().lastUpdatedTime())));
    assertThat(twice.status().nextTransitionTime())
        .isEqualTo(
            twice.queued().startTime().plusSeconds(600).plus(twice.queued().frozenDuration()));
  }

  @Flow
  void aFinishedJobIsNotSuspended(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s}");
    jobs.await("x", "Completed/Completed");

    suspend(jobs);

    assertThat(jobs.awaitObserved("x").status().condition(ConditionType.Suspended)).isEmpty();
    assertThat(jobs.states("x")).endsWith("Completed/Completed");
  }

  private static void suspend(Jobs jobs) {
    jobs.edit("x", "{\"suspend\": true}");
  }

  private static void resume(Jobs jobs) {
    jobs.edit("x", "{\"suspend\": false}");
  }

  private static boolean isResumed(Version version) {
    return !version.status().isTrue(ConditionType.Suspended);
  }
}
