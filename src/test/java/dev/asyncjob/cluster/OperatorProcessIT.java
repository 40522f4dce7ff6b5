package dev.asyncjob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class OperatorProcessIT {

  @Test
  void becomesReadyAndEndsWhenAsked(TestNamespace namespace) {
    try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
      assertThat(operator.log()).contains(namespace.name());
      assertThat(operator.terminate(Duration.ofSeconds(25))).isZero();
    }
  }

  @Test
  void canBeKilledWhilePaused(TestNamespace namespace) {
    try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
      operator.pause();
      assertThat(operator.isAlive()).isTrue();
      operator.kill();
      assertThat(operator.onExit().join()).isEqualTo(128 + 9);
    }
  }

  @Test
  void anEndInsteadOfReadinessIsSaidWithTheLog(TestNamespace namespace) {
    try (var operator = namespace.startOperator(Map.of(), "--no-such-option")) {
      assertThatThrownBy(operator::awaitReady)
          .hasMessageContaining("has ended")
          .hasMessageContaining("no-such-option");
    }
  }
}
