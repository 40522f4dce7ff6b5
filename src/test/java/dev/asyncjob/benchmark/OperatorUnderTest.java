package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.OperatorProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The operator's jar as a process of its own, with the options that the benchmark was given. */
public record OperatorUnderTest(OperatorProcess process, ProcessUsage usage)
    implements AutoCloseable {
  /** The options of its JVM, if the benchmark is given none. */
  public static final String JAVA_OPTIONS = "-XX:+UseSerialGC -Xmx128m -Xmn16m";

  private static final Pattern READY = Pattern.compile("ready after (\\d+) ms");
  private static final Duration LIMIT = Duration.ofMinutes(10);

  static OperatorUnderTest start(Cluster cluster, Options options) {
    return start(cluster, options, Map.of());
  }

  static OperatorUnderTest start(Cluster cluster, Options options, Map<String, String> settings) {
    return start(cluster, options.javaOptions(), settings);
  }

  public static OperatorUnderTest start(
      Cluster cluster, String javaOptions, Map<String, String> settings) {
    var environment = new HashMap<>(settings);
    environment.put("JAVA_TOOL_OPTIONS", javaOptions);
    var process = cluster.startOperator(environment);
    return new OperatorUnderTest(process, new ProcessUsage(process.pid()));
  }

  public OperatorUnderTest awaitReady() {
    process.awaitLog("ready after", LIMIT);
    return this;
  }

  /** From the start of the JVM, in milliseconds. */
  double readyMillis() {
    var ready = READY.matcher(process.log());
    if (!ready.find()) {
      throw new IllegalStateException("the operator is not ready");
    }
    return Double.parseDouble(ready.group(1));
  }

  @Override
  public void close() {
    process.close();
  }
}
