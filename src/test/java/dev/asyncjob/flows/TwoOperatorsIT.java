package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class TwoOperatorsIT {
  private static final int JOBS = 30;

  @Test
  void eachTransitionIsWrittenAndLoggedOnce(TestNamespace namespace) {
    try (var jobs = Jobs.in(namespace);
        var one = namespace.startOperator(Map.of());
        var two = namespace.startOperator(Map.of())) {
      one.awaitReady();
      two.awaitReady();

      jobs.createMany(JOBS, i -> "{queuedDuration: 500ms, inProgressDuration: 500ms}");
      jobs.apply("edited", "{queuedDuration: 600s, inProgressDuration: 600s}");
      jobs.await("edited", "Queued/Running");
      jobs.edit("edited", "{\"suspend\": true}");
      jobs.await("edited", "Queued/Suspended");
      jobs.edit("edited", "{\"suspend\": false, \"queuedDuration\": \"1ms\"}");
      jobs.await("edited", "InProgress/Running");
      jobs.edit("edited", "{\"termination\": {}}");
      jobs.await("edited", "InProgress/Terminated");
      jobs.edit("edited", "{\"ttlSecondsAfterFinished\": 0}");
      jobs.awaitDeletion("edited");

      for (int i = 0; i < JOBS; i++) {
        jobs.await("x" + i, "Completed/Completed");
        assertThat(jobs.states("x" + i))
            .containsExactly("-/-", "Queued/Running", "InProgress/Running", "Completed/Completed");
      }
      assertThat(jobs.states("edited"))
          .containsSubsequence("Queued/Suspended", "Queued/Running", "InProgress/Running")
          .filteredOn(state -> state.startsWith("InProgress/Running"))
          .hasSizeBetween(1, 2);
      assertThat(Stream.of(one, two).flatMap(TwoOperatorsIT::transitions).filter(isOf("x")))
          .hasSize(3 * JOBS)
          .doesNotHaveDuplicates();
      assertThat(one.logSinceReady() + two.logSinceReady())
          .doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  /** The transitions that an operator says it has written, without time and lateness. */
  private static Stream<String> transitions(OperatorProcess operator) {
    return operator
        .log()
        .lines()
        .filter(line -> line.contains(" -> "))
        .map(line -> line.replaceAll("^.* job ", "").replaceAll(",.*", ""));
  }

  private static Predicate<String> isOf(String prefix) {
    return line -> line.contains("/" + prefix);
  }
}
