package dev.asyncjob.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The random choices of jobs, counted over many fixed uids. */
class DrawTest {
  private static final int JOBS = 10_000;
  private static final Duration HOUR = Duration.ofHours(1);

  /** One of many uids that are always the same. */
  static String uid(int n) {
    return new UUID(0x0123_4567_89ab_4defL * (n + 1), 0x8000_0000_0000_0000L + n).toString();
  }

  @Test
  void jitterIsEvenlySpreadOverItsRange() {
    var tenths = new int[10];
    for (int n = 0; n < JOBS; n++) {
      var jittered = Draw.jitter(HOUR, 50, uid(n), 1, "Queued");
      assertThat(jittered).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(90));
      tenths[(int) (jittered.minusMinutes(30).toMillis() * 10 / HOUR.toMillis())]++;
    }
    for (int count : tenths) {
      assertThat(count).isBetween(850, 1150);
    }
  }

  @Test
  void jitterOfAHundredPercentReachesFromNothingToTwice() {
    for (int n = 0; n < JOBS; n++) {
      assertThat(Draw.jitter(HOUR, 100, uid(n), 1, "Queued"))
          .isBetween(Duration.ZERO, HOUR.multipliedBy(2));
    }
  }

  @Test
  void noJitterLeavesADurationAsItIs() {
    assertThat(Draw.jitter(HOUR, 0, uid(1), 1, "Queued")).isEqualTo(HOUR);
    assertThat(Draw.jitter(Duration.ZERO, 100, uid(1), 1, "Queued")).isEqualTo(Duration.ZERO);
  }

  @Test
  void anEventHappensAsOftenAsItsLikelihoodSays() {
    for (int percent : new int[] {0, 1, 30, 100}) {
      int happened = 0;
      for (int n = 0; n < JOBS; n++) {
        happened += Draw.happens(percent, uid(n), 1, "Completed") ? 1 : 0;
      }
      int expected = percent * JOBS / 100;
      int tolerance = percent == 0 || percent == 100 ? 0 : JOBS / 50;
      assertThat(happened).isBetween(expected - tolerance, expected + tolerance);
    }
  }

  /** The expected values were computed with Python's hashlib: they hold for every later version. */
  @Test
  void aDrawIsTheSameForEver() {
    var uid = "7d444840-9dc0-11d1-b245-5ffdce74fad2";
    assertThat(Draw.jitter(HOUR, 10, uid, 1, "Queued")).isEqualTo(Duration.ofMillis(3_354_761));
    assertThat(Draw.jitter(HOUR, 10, uid, 1, "InProgress")).isEqualTo(Duration.ofMillis(3_548_612));
    assertThat(Draw.jitter(HOUR, 10, uid, 2, "Queued")).isEqualTo(Duration.ofMillis(3_676_050));
  }
}
