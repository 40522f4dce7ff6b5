package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class CrashIT {

  /** Killed while five jobs are at different places; started again after some are due. */
  @Flow
  void whatIsOwedIsWrittenInOrderAndWhatIsToComeOnTime(TestNamespace namespace) {
    try (var jobs = Jobs.in(namespace)) {
      try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
        jobs.apply("queued-due-later", "{queuedDuration: 8s, inProgressDuration: 600s}");
        jobs.apply("queued-due", "{queuedDuration: 2s, inProgressDuration: 600s}");
        jobs.apply("both-due", "{queuedDuration: 2s, inProgressDuration: 100ms}");
        jobs.apply("in-progress-due-later", "{queuedDuration: 0s, inProgressDuration: 8s}");
        jobs.apply("in-progress-due", "{queuedDuration: 0s, inProgressDuration: 2s}");
        jobs.await("in-progress-due", "InProgress/Running");
        jobs.await("in-progress-due-later", "InProgress/Running");
        jobs.await("both-due", "Queued/Running");
        operator.kill();
      }
      var due = jobs.await("both-due", "Queued/Running").status().nextTransitionTime();
      Jobs.awaitTime(due.plusMillis(100));
      Jobs.awaitTime(
          jobs.await("in-progress-due", "InProgress/Running").status().nextTransitionTime());
      assertThat(jobs.states("both-due")).containsExactly("-/-", "Queued/Running");

      var restart = Instant.now();
      try (var operator = namespace.startOperator(Map.of())) {
        assertOnce(jobs, "queued-due", "InProgress/Running", restart);
        assertOnce(jobs, "both-due", "Completed/Completed", restart);
        assertOnce(jobs, "in-progress-due", "Completed/Completed", restart);
        assertOnce(jobs, "queued-due-later", "InProgress/Running", restart);
        assertOnce(jobs, "in-progress-due-later", "Completed/Completed", restart);
        assertThat(operator.logSinceReady()).doesNotContain("WARN", "ERROR");
      }
    }
  }

  /** What was due in the outage ended when it was due: nothing shifts. */
  private static void assertOnce(Jobs jobs, String name, String end, Instant restart) {
    var last = jobs.await(name, end);
    assertThat(jobs.states(name)).doesNotHaveDuplicates();
    assertThat(jobs.states(name)).startsWith("-/-", "Queued/Running", "InProgress/Running");
    assertThat(last.queued().endTime())
        .isEqualTo(last.queued().startTime().plus(last.queued().duration()));
    assertThat(last.inProgress().startTime()).isEqualTo(last.queued().endTime());
    if (end.startsWith("Completed")) {
      assertThat(last.inProgress().endTime())
          .isEqualTo(last.inProgress().startTime().plus(last.inProgress().duration()));
      assertThat(last.status().completionTime()).isAfter(restart);
    }
  }

  @Flow
  void noStateIsWrittenTwiceHoweverOftenItIsKilled(TestNamespace namespace) {
    try (var jobs = Jobs.in(namespace)) {
      jobs.createMany(
          30,
          i ->
              "{queuedDuration: %dms, inProgressDuration: %dms}"
                  .formatted(i * 100, 3000 - i * 100));
      for (int i = 0; i < 2; i++) {
        try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
          jobs.await("x" + (i + 1) * 5, version -> version.status().attempt() != null, "accepted");
          operator.kill();
        }
      }
      try (var operator = namespace.startOperator(Map.of())) {
        for (int i = 0; i < 30; i++) {
          jobs.await("x" + i, "Completed/Completed");
        }
        assertThat(operator.isAlive()).isTrue();
      }
      for (int i = 0; i < 30; i++) {
        assertThat(jobs.states("x" + i))
            .containsExactly("-/-", "Queued/Running", "InProgress/Running", "Completed/Completed");
      }
    }
  }
}
