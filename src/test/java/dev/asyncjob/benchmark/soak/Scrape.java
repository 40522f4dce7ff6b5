package dev.asyncjob.benchmark.soak;

/** One answer of /metrics. */
record Scrape(String text) {
  long series() {
    return text.lines().filter(line -> !line.startsWith("#")).count();
  }

  /** The jobs that the operator knows of, in whatever state. */
  long jobs() {
    return text.lines()
        .filter(line -> line.startsWith("asyncjob_jobs{"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToLong(number -> (long) Double.parseDouble(number))
        .sum();
  }
}
