package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConflictsTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private long now = Long.MAX_VALUE - 1; // The monotonic clock may begin anywhere and overflow.
  private final Conflicts conflicts = new Conflicts(() -> now);

  @Test
  void oneVersionThatIsRefusedForAMinuteIsStuck() {
    assertThat(conflicts.areStuck("ns/a", "7")).isFalse();
    pass(LIMIT.minusNanos(1));
    assertThat(conflicts.areStuck("ns/a", "7")).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(conflicts.areStuck("ns/a", "7")).isTrue();
    assertThat(conflicts.areStuck("ns/b", "7")).isFalse();
  }

  @Test
  void aNewVersionBeginsAnew() {
    conflicts.areStuck("ns/a", "7");
    pass(LIMIT);
    assertThat(conflicts.areStuck("ns/a", "8")).isFalse();
  }

  @Test
  void aWriteEndsIt() {
    conflicts.areStuck("ns/a", "7");
    pass(LIMIT);
    conflicts.end("ns/a");
    assertThat(conflicts.areStuck("ns/a", "7")).isFalse();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
