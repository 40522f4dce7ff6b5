package dev.asyncjob.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What an operator knew when it decided on a change.
 *
 * @param on the version of the job that it had
 * @param earliest the least that its clock may have said: a simulation knows it exactly, from a
 *     real run only bounds are known
 * @param latest the most that its clock may have said
 * @param timeToLive its default
 */
public record Decision(
    StoredJob on, Instant earliest, Instant latest, Optional<Duration> timeToLive) {

  /** The decision of an operator whose clock is known. Jobs know no less than milliseconds. */
  public static Decision at(Instant clock, StoredJob on, Optional<Duration> timeToLive) {
    var now = clock.truncatedTo(ChronoUnit.MILLIS);
    return new Decision(on, now, now, timeToLive);
  }

  String clock() {
    return earliest.equals(latest) ? earliest.toString() : "%s to %s".formatted(earliest, latest);
  }
}
