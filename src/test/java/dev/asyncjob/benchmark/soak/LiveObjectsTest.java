package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class LiveObjectsTest {
  private static final String HISTOGRAM =
      """
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:         93614        7171968  [B (java.base@17.0.15)
       107:           301          14448  dev.asyncjob.controller.Agenda$Entry
       560:            12            288  dev.asyncjob.controller.Agenda$Entry2
      Total        398043       20971520
      """;

  @Test
  void theHeapAndTheTimersInIt() {
    assertThat(new LiveObjects(HISTOGRAM).mebibytes()).isEqualTo(20);
    assertThat(new LiveObjects(HISTOGRAM).timers()).isEqualTo(301);
    assertThat(new LiveObjects("Total 1 16\n").timers()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(() -> new LiveObjects("").mebibytes())
        .withMessageStartingWith("no total");
  }

  /** Else there would never be one. */
  @Test
  void timersAreOfAClassThatThereIs() throws ClassNotFoundException {
    assertThat(Class.forName(LiveObjects.TIMER).getName()).isEqualTo(LiveObjects.TIMER);
  }

  @Test
  void aProcessIsAsked() {
    assertThat(LiveObjects.of(ProcessHandle.current().pid()).mebibytes()).isPositive();
  }
}
