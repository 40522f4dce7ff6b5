package dev.asyncjob.lifecycle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/**
 * The random choices of a job. They come from a hash of the job's uid, the attempt and what is
 * drawn for, so they are the same after a crash and an upgrade, and differ between jobs.
 */
final class Draw {
  private Draw() {}

  /** A duration times 1 + percent/100 * r, with r in [-1, 1), in whole milliseconds. */
  static Duration jitter(Duration duration, int percent, String uid, int attempt, String drawnFor) {
    if (percent == 0) {
      return duration;
    }
    var factor = 1 + percent / 100.0 * (2 * uniform(uid, attempt, drawnFor) - 1);
    return Duration.ofMillis(
        BigDecimal.valueOf(duration.toMillis())
            .multiply(BigDecimal.valueOf(factor))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact());
  }

  /** Whether an event of the given likelihood happens: never at 0, always at 100. */
  static boolean happens(int percent, String uid, int attempt, String drawnFor) {
    return uniform(uid, attempt, drawnFor) * 100 < percent;
  }

  /** A number in [0, 1) from the first eight bytes of SHA-256 of uid/attempt/what. */
  private static double uniform(String uid, int attempt, String drawnFor) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest((uid + "/" + attempt + "/" + drawnFor).getBytes(StandardCharsets.UTF_8));
      // 53 bits are what a double holds exactly; more could round up to 1.
      return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
