package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.RuntimeStatus;
import java.util.List;
import java.util.Objects;

/** What holds for any two versions of a job that follow each other, whatever happened to it. */
final class Invariants {
  private Invariants() {}

  static void assertHold(List<Version> versions) {
    for (int i = 1; i < versions.size(); i++) {
      var before = versions.get(i - 1);
      var after = versions.get(i);
      if (!after.isDeletion()
          && before.uid().equals(after.uid())
          && !Objects.equals(before.status(), after.status())) {
        assertFollows(before, after);
      }
    }
  }

  private static void assertFollows(Version before, Version after) {
    var old = before.status();
    var status = after.status();
    var what = after.name() + " " + before.state() + " -> " + after.state();

    assertThat(status.observedGeneration()).as(what).isEqualTo(generation(after));
    assertThat(status.completionTime() != null).as(what).isEqualTo(status.isFinished());
    if (status.conditions() != null) {
      assertThat(status.conditions())
          .as(what)
          .allSatisfy(c -> assertThat(c.observedGeneration()).isEqualTo(generation(after)))
          .allSatisfy(c -> assertThat(c.reason()).isNotEmpty());
    }
    if (old.lastUpdatedTime() != null) {
      assertThat(status.lastUpdatedTime()).as(what).isAfterOrEqualTo(old.lastUpdatedTime());
    }
    if (old.isFinished() && Objects.equals(old.attempt(), status.attempt())) {
      assertThat(after.state()).as(what).isEqualTo(before.state());
      assertThat(status.completionTime()).as(what).isEqualTo(old.completionTime());
    }
    if (old.runtimeStatus() == RuntimeStatus.Running
        && status.customStatus() != old.customStatus()) {
      assertTimerRanOut(before, after, what);
    }
  }

  private static void assertTimerRanOut(Version before, Version after, String what) {
    var due = before.status().nextTransitionTime();
    assertThat(after.status().lastUpdatedTime()).as(what + ": not early").isAfterOrEqualTo(due);
    if (before.queued().endTime() == null) {
      assertThat(after.queued().endTime()).as(what + ": ends when due").isEqualTo(due);
      assertThat(after.inProgress().startTime()).as(what + ": goes on when due").isEqualTo(due);
    } else {
      assertThat(after.queued()).as(what + ": the past stays").isEqualTo(before.queued());
      assertThat(after.inProgress().endTime()).as(what + ": ends when due").isEqualTo(due);
    }
  }

  private static Long generation(Version version) {
    return version.job().getMetadata().getGeneration();
  }
}
