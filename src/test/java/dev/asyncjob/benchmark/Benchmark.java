package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Project;
import dev.asyncjob.docs.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code mvn -Pbenchmark} runs: each scenario on a new etcd and API server, beside which the
 * operator runs as its own process, all on the same cores; and the operator's parts without any.
 */
public final class Benchmark {
  static final Map<String, Scenario> SCENARIOS = scenarios();

  private static final String MACHINE = "machine";

  private Benchmark() {}

  private static Report machine(Options options) {
    var report = new Report();
    var part = report.of(MACHINE);
    part.add("cores, shared by all", Runtime.getRuntime().availableProcessors(), "");
    part.add("Java " + options.javaOptions(), Runtime.version().feature(), "");
    return report;
  }

  private static Map<String, Scenario> scenarios() {
    var scenarios = new LinkedHashMap<String, Scenario>();
    scenarios.put("limit", new Limits());
    scenarios.put("steady", new Steady());
    scenarios.put("burst", new Burst());
    scenarios.put("waiting", new Waiting());
    scenarios.put("restart", new Restart());
    scenarios.put("failover", new Failover());
    scenarios.put("watchers", new Watchers());
    scenarios.put("parts", new Parts());
    return scenarios;
  }

  /** Ends the JVM itself: Maven's, in which it runs, would otherwise wait for every thread. */
  public static void main(String[] arguments) throws Exception {
    var options = Options.read();
    List<String> parts = new ArrayList<>(SCENARIOS.keySet());
    parts.add(0, MACHINE);
    var results = Results.in(Project.path("target/benchmark"), parts);
    results.put(MACHINE, machine(options));
    for (var name : options.scenarios()) {
      var scenario = SCENARIOS.get(name);
      if (scenario == null) {
        throw new IllegalArgumentException(
            "there is no scenario " + name + ", only " + SCENARIOS.keySet());
      }
      var report = new Report();
      scenario.run(options, report);
      results.put(name, report);
    }
    if (System.getProperty("benchmark.docs") != null) {
      new Section(Project.path("docs/performance.md"), "figures").write(results.table());
    }
    System.exit(0);
  }
}
