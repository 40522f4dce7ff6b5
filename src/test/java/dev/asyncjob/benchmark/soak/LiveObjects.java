package dev.asyncjob.benchmark.soak;

import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.Jdk;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What is reachable in the heap of a Java process; to know it, the JVM collects all garbage. */
record LiveObjects(String histogram) {
  /** A job with a time at which it is looked at. */
  static final String TIMER = "dev.asyncjob.controller.Agenda$Entry";

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  static LiveObjects of(long pid) {
    var result =
        Command.run(
            List.of(Jdk.program("jcmd"), Long.toString(pid), "GC.class_histogram"),
            "",
            LIMIT,
            process -> {});
    if (result.exitCode() != 0) {
      throw new IllegalStateException("jcmd: " + result.stderr() + result.stdout());
    }
    return new LiveObjects(result.stdout());
  }

  double mebibytes() {
    var total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("no total in " + histogram);
    }
    return Double.parseDouble(total.group(1)) / (1 << 20);
  }

  /** A class without instances is not in the histogram. */
  long timers() {
    var instances =
        Pattern.compile("(\\d+)\\s+\\d+\\s+" + Pattern.quote(TIMER) + "\\s").matcher(histogram);
    return instances.find() ? Long.parseLong(instances.group(1)) : 0;
  }
}
