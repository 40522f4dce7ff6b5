package dev.asyncjob.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What is measured, and how much of it: system properties that begin with {@code benchmark.}.
 *
 * @param scenarios in this order
 * @param javaOptions of the operator
 * @param writes how long each way to write is measured
 * @param steady how long each steady load lasts
 * @param burst jobs that are due in one second
 * @param lead how long before that second they are stored
 * @param waiting numbers of waiting jobs, also those of the restart
 * @param idle how long the operator is watched doing nothing
 */
record Options(
    List<String> scenarios,
    String javaOptions,
    Duration writes,
    Duration steady,
    int burst,
    Duration lead,
    List<Integer> waiting,
    Duration idle) {

  static Options read() {
    return new Options(
        list("scenarios", String.join(",", Benchmark.SCENARIOS.keySet())),
        System.getProperty("benchmark.java", OperatorUnderTest.JAVA_OPTIONS),
        seconds("writes", 5),
        seconds("steady", 60),
        Integer.getInteger("benchmark.burst", 10_000),
        seconds("lead", 30),
        list("waiting", "10000,100000").stream().map(Integer::valueOf).toList(),
        seconds("idle", 70));
  }

  private static List<String> list(String name, String otherwise) {
    return Arrays.asList(System.getProperty("benchmark." + name, otherwise).split(","));
  }

  private static Duration seconds(String name, int otherwise) {
    return Duration.ofSeconds(Integer.getInteger("benchmark." + name, otherwise));
  }
}
