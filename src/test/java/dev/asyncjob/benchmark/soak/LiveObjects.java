package dev.asyncjob.benchmark.soak;

import dev.asyncjob.cluster.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What is reachable in the heap of a Java process; to know it, the JVM collects all garbage. */
record LiveObjects(String histogram) {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  /** A job with a time at which it is looked at. */
  private static final String TIMER = "dev.asyncjob.controller.Agenda$Entry";

  static LiveObjects of(long pid) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var result =
        Command.run(
            List.of(jcmd, Long.toString(pid), "GC.class_histogram"), "", LIMIT, process -> {});
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

  long timers() {
    var instances =
        Pattern.compile("(\\d+)\\s+\\d+\\s+" + Pattern.quote(TIMER) + "\\s").matcher(histogram);
    return instances.find() ? Long.parseLong(instances.group(1)) : 0;
  }
}
