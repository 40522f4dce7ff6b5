package dev.asyncjob.benchmark.soak;

/** One answer of /metrics. */
record Scrape(String text) {
  private static final String JOBS = "asyncjob_jobs{";

  long series() {
    return text.lines().filter(line -> !line.startsWith("#")).count();
  }

  /** The jobs that the operator knows of, in whatever state; it must have had one. */
  long jobs() {
    var counts = text.lines().filter(line -> line.startsWith(JOBS)).toList();
    if (counts.isEmpty()) {
      throw new IllegalStateException("no " + JOBS + " in " + text);
    }
    return counts.stream()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToLong(number -> (long) Double.parseDouble(number))
        .sum();
  }
}
