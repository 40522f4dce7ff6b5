package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class DeleteIT {

  @Flow
  void whilePendingAndAgain(Jobs jobs) {
    var start = Instant.now().plusSeconds(2);
    jobs.apply("x", "{notBeforeTime: '%s'}".formatted(start));
    jobs.await("x", "-/Pending");

    assertNoGhost(jobs, start);
  }

  @Flow
  void whileQueuedAndAgain(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 2s}");
    var due = jobs.await("x", "Queued/Running").status().nextTransitionTime();

    assertNoGhost(jobs, due);
  }

  @Flow
  void whileInProgressAndAgain(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 2s}");
    var due = jobs.await("x", "InProgress/Running").status().nextTransitionTime();

    assertNoGhost(jobs, due);
  }

  @Flow
  void whileSuspendedAndAgain(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 2s}");
    var due = jobs.await("x", "Queued/Running").status().nextTransitionTime();
    jobs.edit("x", "{\"suspend\": true}");
    jobs.await("x", "Queued/Suspended");

    assertNoGhost(jobs, due);
  }

  @Flow
  void whileWaitingForItsDeletionAndAgain(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s, ttlSecondsAfterFinished: 2}");
    var end = jobs.await("x", "Completed/Completed").status().completionTime();

    assertNoGhost(jobs, end.plusSeconds(2));
  }

  @Flow
  void aJobWithAFinalizerIsLeftAloneOnceDeleted(Jobs jobs) {
    jobs.kubectl()
        .apply(
            "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, spec: {queuedDuration: 3s},"
                + " metadata: {name: x, finalizers: [example.com/hold]}}");
    var due = jobs.await("x", "Queued/Running").status().nextTransitionTime();

    jobs.kubectl().get("delete", "aj", "x", "--wait=false");
    awaitPast(jobs, due);

    assertThat(jobs.states("x")).containsExactly("-/-", "Queued/Running", "Queued/Running");
    jobs.kubectl()
        .get("patch", "aj", "x", "--type=merge", "--patch={\"metadata\":{\"finalizers\":null}}");
    jobs.awaitDeletion("x");
  }

  /** Deletes the job and creates another; nothing happens to that one when the first is due. */
  private static void assertNoGhost(Jobs jobs, Instant due) {
    var old = jobs.versions("x").get(0).uid();
    jobs.delete("x");
    jobs.awaitDeletion("x");
    jobs.apply("x", "{queuedDuration: 600s, ttlSecondsAfterFinished: 3600}");
    jobs.await("x", "Queued/Running");
    awaitPast(jobs, due);

    var versions = jobs.versions("x");
    var fresh = versions.stream().filter(version -> !version.uid().equals(old)).toList();
    assertThat(fresh).extracting(Version::state).containsExactly("-/-", "Queued/Running");
    assertThat(versions.subList(versions.size() - 2, versions.size())).isEqualTo(fresh);
  }

  /** What fell due has been written by then, for what a later job owed has been. */
  private static void awaitPast(Jobs jobs, Instant due) {
    Jobs.awaitTime(due);
    jobs.apply("later", "{queuedDuration: 200ms}");
    jobs.await("later", "InProgress/Running");
  }
}
