package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class EditIT {

  @Flow
  void longerAndShorterMoveTheDueTimeOfQueued(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s, inProgressDuration: 0s}");
    var start = jobs.await("x", "Queued/Running").queued().startTime();

    jobs.edit("x", "{\"queuedDuration\": \"700s\"}");
    assertThat(jobs.awaitObserved("x").status().nextTransitionTime())
        .isEqualTo(start.plusSeconds(700));

    jobs.edit("x", "{\"queuedDuration\": \"500s\"}");
    var shorter = jobs.awaitObserved("x");
    assertThat(shorter.status().nextTransitionTime()).isEqualTo(start.plusSeconds(500));
    assertThat(shorter.queued().duration()).isEqualTo(Duration.ofSeconds(500));
    assertThat(shorter.status().lastUpdatedTime()).isEqualTo(start);
  }

  @Flow
  void theMovedTimerFires(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s, inProgressDuration: 600s}");
    var start = jobs.await("x", "Queued/Running").queued().startTime();
    var queued = Duration.between(start, Instant.now().plusSeconds(1)).toMillis();

    jobs.edit("x", "{\"queuedDuration\": \"%dms\"}".formatted(queued));

    var inProgress = jobs.await("x", "InProgress/Running");
    assertThat(inProgress.queued().duration()).isEqualTo(Duration.ofMillis(queued));
    assertThat(inProgress.queued().endTime()).isAfterOrEqualTo(start.plusMillis(queued));
    assertThat(inProgress.status().nextTransitionTime())
        .isEqualTo(inProgress.queued().endTime().plusSeconds(600));
    assertThat(jobs.states("x"))
        .containsExactly(
            "-/-", "Queued/Running", "Queued/Running", "Queued/Running", "InProgress/Running");
  }

  @Flow
  void shorterThanWhatHasPassedFiresAtOnce(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s, inProgressDuration: 600s}");
    var start = jobs.await("x", "Queued/Running").queued().startTime();
    var edit = Instant.now();

    jobs.edit("x", "{\"queuedDuration\": \"1ms\"}");

    var inProgress = jobs.await("x", "InProgress/Running");
    assertThat(inProgress.queued().startTime()).isEqualTo(start);
    assertThat(inProgress.queued().endTime()).isAfterOrEqualTo(edit.minusMillis(1));
    assertThat(inProgress.queued().duration()).isEqualTo(Duration.ofMillis(1));
  }

  @Flow
  void theSameGoesForInProgress(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 600s}");
    var start = jobs.await("x", "InProgress/Running").inProgress().startTime();

    jobs.edit("x", "{\"inProgressDuration\": \"700s\"}");
    assertThat(jobs.awaitObserved("x").status().nextTransitionTime())
        .isEqualTo(start.plusSeconds(700));

    jobs.edit("x", "{\"inProgressDuration\": \"1ms\"}");
    var completed = jobs.await("x", "Completed/Completed");
    assertThat(completed.inProgress().startTime()).isEqualTo(start);
    assertThat(completed.inProgress().duration()).isEqualTo(Duration.ofMillis(1));
  }

  @Flow
  void aPhaseThatHasEndedStaysAsItWas(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 100ms, inProgressDuration: 600s}");
    var before = jobs.await("x", "InProgress/Running");

    jobs.edit("x", "{\"queuedDuration\": \"900s\"}");

    var after = jobs.awaitObserved("x");
    assertThat(after.status().phases()).isEqualTo(before.status().phases());
    assertThat(after.status().nextTransitionTime()).isEqualTo(before.status().nextTransitionTime());
  }

  @Flow
  void thePhaseToComeFollowsAsWell(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s, inProgressDuration: 600s}");
    jobs.await("x", "Queued/Running");

    jobs.edit("x", "{\"queuedDuration\": \"1ms\", \"inProgressDuration\": \"1m30s\"}");

    var inProgress = jobs.await("x", "InProgress/Running");
    assertThat(inProgress.status().nextTransitionTime())
        .isEqualTo(inProgress.inProgress().startTime().plusSeconds(90));
  }

  @Flow
  void aDurationThatIsTakenAwayStaysAsRecorded(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    var before = jobs.await("x", "Queued/Running");

    jobs.apply("x", "{}");

    var after = jobs.awaitObserved("x");
    assertThat(after.status().phases()).isEqualTo(before.status().phases());
    assertThat(after.status().nextTransitionTime()).isEqualTo(before.status().nextTransitionTime());
  }

  @Flow
  void notBeforeTimeIsTheStart(Jobs jobs) {
    var start = Instant.ofEpochMilli(Instant.now().plusSeconds(2).toEpochMilli());
    jobs.apply(
        "x",
        "{notBeforeTime: '%s', queuedDuration: 100ms, inProgressDuration: 0s}"
            .formatted(start.minusNanos(999_999)));

    assertThat(jobs.await("x", "-/Pending").status().nextTransitionTime()).isEqualTo(start);
    var completed = jobs.await("x", "Completed/Completed");
    assertThat(completed.queued().startTime()).isEqualTo(start);
    assertThat(completed.queued().endTime()).isEqualTo(start.plusMillis(100));
    assertThat(jobs.states("x"))
        .containsExactly(
            "-/-", "-/Pending", "Queued/Running", "InProgress/Running", "Completed/Completed");
  }

  @Flow
  void notBeforeTimeCanBeMovedWhilePending(Jobs jobs) {
    jobs.apply("x", "{notBeforeTime: '2199-01-01T00:00:00Z', queuedDuration: 600s}");
    jobs.await("x", "-/Pending");
    var edit = Instant.now();

    jobs.edit("x", "{\"notBeforeTime\": \"2020-01-01T00:00:00Z\"}");

    assertThat(jobs.await("x", "Queued/Running").queued().startTime())
        .isAfterOrEqualTo(edit.minusMillis(1));
  }

  @Flow
  void jitterSpreadsWithinItsLimitsAndIsKept(Jobs jobs) {
    for (var name : new String[] {"a", "b", "c"}) {
      jobs.apply(name, "{queuedDuration: 600s, inProgressDuration: 600s, jitterPercent: 10}");
    }

    var lengths =
        Stream.of("a", "b", "c")
            .map(name -> jobs.await(name, "Queued/Running"))
            .flatMap(job -> job.status().phases().stream())
            .map(phase -> phase.duration())
            .toList();
    assertThat(lengths)
        .doesNotHaveDuplicates()
        .allSatisfy(
            length -> assertThat(length).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11)));

    var before = jobs.await("a", "Queued/Running").queued();
    jobs.edit("a", "{\"queuedDuration\": \"1200s\"}");
    assertThat(jobs.awaitObserved("a").queued().duration().minus(before.duration().multipliedBy(2)))
        .isBetween(Duration.ofMillis(-1), Duration.ofMillis(1));
  }
}
