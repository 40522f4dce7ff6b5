package dev.asyncjob.benchmark;

import java.time.Duration;
import java.util.Random;

/** Durations that lie anywhere between two; those of one run are those of the next one. */
public record RandomDurations(Random random, Duration shortest, Duration longest) {
  public static RandomDurations between(Duration shortest, Duration longest) {
    return new RandomDurations(new Random(1), shortest, longest);
  }

  public Duration next() {
    return shortest.plusMillis(random.nextInt((int) longest.minus(shortest).toMillis()));
  }
}
