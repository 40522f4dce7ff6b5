package dev.asyncjob.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Health health = new Health(nanos::get);

  @Test
  void aSlowStartIsNoDeath() {
    pass(Duration.ofHours(1));

    assertThat(health.liveness().good()).isTrue();
    assertThat(health.readiness().good()).isFalse();
  }

  @Test
  void itSaysWhatIsMissing() {
    health.missing("the jobs are not listed yet");
    assertThat(health.readiness())
        .isEqualTo(new Health.Answer(false, "the jobs are not listed yet"));

    health.ready();
    assertThat(health.readiness().good()).isTrue();

    health.missing("the operator stops");
    assertThat(health.readiness()).isEqualTo(new Health.Answer(false, "the operator stops"));
  }

  @Test
  void threeSweepsWithoutASignAreDeath() {
    pass(Duration.ofHours(1));
    health.ready();
    pass(Duration.ofMinutes(2));
    assertThat(health.liveness().good()).isTrue();

    health.beat();
    pass(Duration.ofMinutes(2));
    assertThat(health.liveness().good()).isTrue();

    pass(Duration.ofMinutes(1));
    assertThat(health.liveness()).isEqualTo(new Health.Answer(false, "no sweep for 180 s"));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
