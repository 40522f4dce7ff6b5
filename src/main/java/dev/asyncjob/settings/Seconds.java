package dev.asyncjob.settings;

import dev.asyncjob.dotnet.DotNetNumber;
import java.time.Duration;
import java.util.Optional;

/** A number of seconds as the original AsyncJob app, a .NET program, read its two variables. */
final class Seconds {
  private static final Duration MAX = Duration.ofHours(99_999);

  private Seconds() {}

  /** The duration in whole milliseconds, from zero to 99999h; empty when the text is no number. */
  static Optional<Duration> parse(String text) {
    var seconds = DotNetNumber.parseDouble(text);
    if (seconds.isEmpty()) {
      return Optional.empty();
    }
    var inRange = Math.max(0, Math.min(seconds.getAsDouble(), (double) MAX.toSeconds()));
    return Optional.of(Duration.ofMillis(Math.round(inRange * 1000)));
  }
}
