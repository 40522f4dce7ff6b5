package dev.asyncjob.benchmark.soak;

import java.util.Set;

/**
 * After which samples the heap is looked into. To know what is reachable the JVM collects all
 * garbage, and closes what somebody has forgotten to close: so it is done at the beginning of the
 * second quarter and at the end of the last one, and what is forgotten between adds up and shows.
 */
final class HeapSchedule {
  private static final int PARTS = 64;
  private static final Set<Integer> LOOKED_INTO = Set.of(16, 17, 18, 19, 61, 62, 63, 64);

  private HeapSchedule() {}

  /** Whether it is done after this of so many samples, the first of which is 1. */
  static boolean isDueAfter(int sample, int samples) {
    return LOOKED_INTO.stream().anyMatch(part -> sample == (part * samples + PARTS - 1) / PARTS);
  }
}
