package dev.asyncjob.faults;

import java.time.Duration;
import java.time.Instant;

/**
 * A fault that happened.
 *
 * @param healed when it was healed
 * @param live when a job that was created after that had passed through all its states
 * @param alone whether no other fault was there at the time
 */
record Occurrence(Fault fault, Instant broken, Instant healed, Instant live, boolean alone) {
  Duration timeToLiveAgain() {
    return Duration.between(healed, live);
  }
}
