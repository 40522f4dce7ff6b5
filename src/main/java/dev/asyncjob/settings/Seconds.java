package dev.asyncjob.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number of seconds as .NET reads it (double.Parse in the invariant culture): sign, fraction,
 * exponent, blanks around it, and commas between the digits before the point, wherever they stand.
 * It is how the original AsyncJob app read its two variables.
 */
final class Seconds {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d[\\d,]*(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Duration MAX = Duration.ofHours(99_999);

  private Seconds() {}

  /** The duration in whole milliseconds, from zero to 99999h; empty when the text is no number. */
  static Optional<Duration> parse(String text) {
    var number = text.strip();
    if (!NUMBER.matcher(number).matches()) {
      return Optional.empty();
    }
    var seconds = Double.parseDouble(number.replace(",", ""));
    var inRange = Math.max(0, Math.min(seconds, (double) MAX.toSeconds()));
    return Optional.of(Duration.ofMillis(Math.round(inRange * 1000)));
  }
}
