package dev.asyncjob.benchmark.soak;

/** Jobs that are still there: in the API server, by the operator's count, and on its agenda. */
record Remains(long stored, long counted, long timers) {
  boolean none() {
    return stored == 0 && counted == 0 && timers == 0;
  }

  @Override
  public String toString() {
    return "%d jobs in the API server, %d in the operator's count, %d timers"
        .formatted(stored, counted, timers);
  }
}
