package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class DefaultsIT {

  @Flow
  void durationsAreResolvedOnceAnAttempt(TestNamespace namespace) {
    try (var jobs = Jobs.in(namespace)) {
      try (var operator =
          namespace
              .startOperator(
                  Map.of(
                      "ASYNC_JOB_QUEUED_DURATION_SEC", "600",
                      "ASYNC_JOB_INPROGRESS_DURATION_SEC", "0.5"))
              .awaitReady()) {
        jobs.apply("x", "{}");
        jobs.apply("again", "{queuedDuration: 0s, outcome: {output: 1}}");
        jobs.await("again", "Completed/Completed");
        jobs.await("x", "Queued/Running");
        operator.kill();
      }
      try (var operator =
          namespace.startOperator(
              Map.of("ASYNC_JOB_QUEUED_DURATION_SEC", "0", "ASYNC_JOB_INPROGRESS_DURATION_SEC", ""),
              "--in-progress-duration-sec=700")) {
        operator.awaitReady();
        jobs.edit("again", "{\"restartNonce\": 1}");

        var again = jobs.await("again", "InProgress/Running");
        assertThat(again.inProgress().duration()).isEqualTo(Duration.ofSeconds(700));
        jobs.edit("x", "{\"jitterPercent\": 0}");
        var running = jobs.awaitObserved("x");
        assertThat(running.state()).isEqualTo("Queued/Running");
        assertThat(running.queued().duration()).isEqualTo(Duration.ofMinutes(10));
        assertThat(running.inProgress().duration()).isEqualTo(Duration.ofMillis(500));
      }
    }
  }

  @Flow
  void whatIsNoNumberCountsAsUnset(TestNamespace namespace) {
    var settings =
        Map.of("ASYNC_JOB_QUEUED_DURATION_SEC", "abc", "ASYNC_JOB_INPROGRESS_DURATION_SEC", "1d");
    try (var jobs = Jobs.in(namespace);
        var operator = namespace.startOperator(settings)) {
      jobs.apply("x", "{}");

      var completed = jobs.await("x", "Completed/Completed");

      assertThat(completed.status().phases())
          .extracting(phase -> phase.duration())
          .containsOnly(Duration.ofSeconds(1));
      assertThat(operator.isAlive()).isTrue();
    }
  }

  @Flow
  void theTimeToLiveCountsForOldJobsAsWell(TestNamespace namespace) {
    try (var jobs = Jobs.in(namespace)) {
      try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
        jobs.apply("old", "{queuedDuration: 0s, inProgressDuration: 0s}");
        jobs.apply("own", "{termination: {}, ttlSecondsAfterFinished: 3600}");
        jobs.await("old", "Completed/Completed");
        jobs.await("own", "-/Terminated");
        operator.kill();
      }
      try (var operator =
          namespace.startOperator(Map.of("ASYNCJOB_TTL_SECONDS_AFTER_FINISHED", "1"))) {
        jobs.apply("new", "{termination: {}}");

        var deleted = jobs.awaitDeletion("new");
        jobs.awaitDeletion("old");

        assertThat(deleted.delivered())
            .isAfterOrEqualTo(deleted.status().completionTime().plusSeconds(1));
        assertThat(jobs.states("own")).endsWith("-/Terminated");
        assertThat(operator.isAlive()).isTrue();
      }
    }
  }
}
