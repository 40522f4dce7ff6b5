package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.Phase;
import dev.asyncjob.resource.PhaseName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statuses that another program has written: none stops the operator, each job goes on. */
class DamagedStatusTest {
  private static final Phase QUEUED = Phase.planned(PhaseName.Queued, Duration.ofSeconds(20));
  private static final Phase IN_PROGRESS =
      Phase.planned(PhaseName.InProgress, Duration.ofSeconds(30));

  private static JobStory aQueuedJob() {
    return aJob().queued("20s").inProgress("30s").seenAt("0s");
  }

  @Test
  void aMissingTimerIsComputedAnew() {
    var job = aQueuedJob().damaged(status -> status.nextTransitionTime(null)).seenAt("5s");
    job.isDueAt("20s").seenAt("20s").wrote(State.InProgress);
    job.damaged(status -> status.nextTransitionTime(null))
        .seenAt("1m")
        .wrote(State.InProgress, State.Completed);
    job.ran(PhaseName.InProgress, "20s", "50s");
  }

  @Test
  void aMissingTimerOfAPendingJobIsComputedAnew() {
    var job = aJob().with(spec -> spec.notBefore(at("1h"))).seenAt("0s");
    job.damaged(status -> status.nextTransitionTime(null)).seenAt("5s").isDueAt("1h");
  }

  static List<List<Phase>> brokenPlans() {
    return List.of(
        List.of(),
        List.of(QUEUED),
        List.of(IN_PROGRESS, QUEUED),
        List.of(QUEUED, IN_PROGRESS, IN_PROGRESS),
        List.of(QUEUED.startedAt(at("0s")).endedAt(at("20s")), IN_PROGRESS));
  }

  @ParameterizedTest
  @MethodSource("brokenPlans")
  void anAttemptWithoutItsPlanBeginsAnew(List<Phase> phases) {
    var job =
        aQueuedJob()
            .seenAt("20s")
            .damaged(status -> status.phases(phases.toArray(Phase[]::new)))
            .seenAt("30s");
    job.wrote(State.Queued).isDueAt("50s");
    assertThat(job.status().attempt()).isEqualTo(1);
    job.seenAt("1h").wrote(State.InProgress, State.Completed);
  }

  @Test
  void aFinishedJobWithoutACompletionTimeIsKept() {
    var job = aQueuedJob().seenAt("1h").damaged(status -> status.completionTime(null));
    job.edited(spec -> spec.timeToLive(0)).seenAt("2h");
    assertThat(job.isIn(State.Completed).lastStep()).isEqualTo(new Step.Rest());
  }

  @Test
  void aStatusWithoutTimesAndConditionsGoesOn() {
    var job =
        aQueuedJob()
            .damaged(
                status ->
                    status.createdTime(null).lastUpdatedTime(null).conditions(null).message(null));
    job.seenAt("1h").wrote(State.InProgress, State.Completed);
  }
}
