package dev.asyncjob.benchmark.soak;

import dev.asyncjob.benchmark.OperatorUnderTest;
import java.time.Duration;

/**
 * How long and how much: system properties that begin with {@code soak.}.
 *
 * @param time how long jobs are created
 * @param perSecond jobs
 * @param timeToLive of a job that has ended, in seconds
 * @param java options of the operator's JVM
 * @param isForDocs whether the result is to stand in the documentation
 */
record SoakOptions(
    Duration time, double perSecond, int timeToLive, String java, boolean isForDocs) {
  private static final int SAMPLES = 500;
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);

  /**
   * The whole heap is resident from the start: what resident memory then grows by is something
   * else, and the heap is looked at by itself.
   */
  private static final String JAVA =
      OperatorUnderTest.JAVA_OPTIONS + " -Xms128m -XX:+AlwaysPreTouch";

  static SoakOptions read() {
    return new SoakOptions(
        Duration.ofMillis(
            (long) (Double.parseDouble(System.getProperty("soak.hours", "1")) * 3_600_000)),
        Double.parseDouble(System.getProperty("soak.rate", "15")),
        Integer.getInteger("soak.ttl", 10),
        System.getProperty("soak.java", JAVA),
        System.getProperty("soak.docs") != null);
  }

  double hours() {
    return time.toMillis() / 3.6e6;
  }

  /** How many jobs are to be created. */
  long jobs() {
    return (long) (perSecond * time.toMillis() / 1e3);
  }

  /** How many samples are to be taken. */
  int samples() {
    return (int) time.dividedBy(interval());
  }

  Duration interval() {
    var interval = time.dividedBy(SAMPLES);
    return interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
  }
}
