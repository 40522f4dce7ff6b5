package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** From when to when each job was there and not finished; with the pauses between its attempts. */
final class Lives {
  private record Life(Instant from, Instant to) {}

  private final Map<String, Life> lives = new HashMap<>();

  void goOn(String uid, Instant at) {
    lives.merge(
        uid, new Life(at, Instant.MAX), (life, begin) -> new Life(life.from(), Instant.MAX));
  }

  void end(String uid, Instant at) {
    lives.merge(
        uid,
        new Life(at, at),
        (life, end) -> life.to().equals(Instant.MAX) ? new Life(life.from(), at) : life);
  }

  Instant begin(String uid) {
    return requireNonNull(lives.get(uid)).from();
  }

  int count(Instant from, Instant to) {
    return (int)
        lives.values().stream()
            .filter(life -> !life.from().isAfter(to) && !life.to().isBefore(from))
            .count();
  }
}
