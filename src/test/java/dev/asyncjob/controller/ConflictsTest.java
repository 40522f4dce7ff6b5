package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConflictsTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofSeconds(10);

  private long now = Long.MAX_VALUE - 1; // The monotonic clock may begin anywhere and overflow.
  private final Conflicts conflicts = new Conflicts(() -> now);

  @Test
  void whatIsRefusedAllTheTimeIsStuckAtTheLimit() {
    for (var passed = Duration.ZERO; passed.compareTo(LIMIT) < 0; passed = passed.plus(STEP)) {
      assertThat(conflicts.refused("ns/a", "7")).as("after %s", passed).isFalse();
      pass(STEP);
    }
    assertThat(conflicts.refused("ns/a", "7")).isTrue();
    assertThat(conflicts.refused("ns/b", "7")).isFalse();
  }

  @Test
  void aVersionThatTheWatchDeliversBeginsAnew() {
    refuseForTheLimit("7");

    assertThat(conflicts.refused("ns/a", "8")).isFalse();
  }

  @Test
  void whatWasNotRefusedForAWhileBeginsAnew() {
    refuseForTheLimit("7");
    pass(STEP.plusNanos(1));

    assertThat(conflicts.refused("ns/a", "7")).isFalse();
  }

  private void refuseForTheLimit(String version) {
    for (var passed = Duration.ZERO; passed.compareTo(LIMIT) < 0; passed = passed.plus(STEP)) {
      pass(STEP);
      conflicts.refused("ns/a", version);
    }
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
