package dev.asyncjob.benchmark;

import dev.asyncjob.controller.AgendaBenchmark;
import dev.asyncjob.controller.JobStoreBenchmark;
import dev.asyncjob.controller.PackedJobBenchmark;
import dev.asyncjob.controller.StatusBodyBenchmark;
import dev.asyncjob.controller.WatchEventBenchmark;
import dev.asyncjob.lifecycle.LifecycleBenchmark;
import java.io.IOException;
import java.util.List;

/**
 * The parts of the operator that live in memory, each beside what a library does with the same
 * data, bare.
 */
final class Parts implements Scenario {
  private static final List<Group> GROUPS =
      List.of(
          new Group(
              LifecycleBenchmark.class,
              List.of(
                  new Comparison("due", "lifecycle of a due job", "copy", "a copy of the status"),
                  new Comparison(
                      "waiting", "lifecycle of a waiting job", "copy", "a copy of the status"))),
          new Group(
              WatchEventBenchmark.class,
              List.of(new Comparison("read", "watch event read", "readTree", "a tree from JSON"))),
          new Group(
              PackedJobBenchmark.class,
              List.of(
                  new Comparison("pack", "job packed", "writeTree", "a tree to CBOR"),
                  new Comparison("unpack", "job unpacked", "readTree", "a tree from CBOR"))),
          new Group(
              StatusBodyBenchmark.class,
              List.of(
                  new Comparison(
                      "write", "body of a status write", "writeTree", "a tree to JSON"))),
          new Group(
              JobStoreBenchmark.class,
              List.of(
                  new Comparison(
                      "put",
                      "a change among 100,000 jobs stored",
                      "putInMap",
                      "packed, in a ConcurrentHashMap"))),
          new Group(
              AgendaBenchmark.class,
              List.of(
                  new Comparison(
                      "take", "agenda of 100,000 jobs, put and take", "poll", "PriorityQueue"),
                  new Comparison(
                      "remove",
                      "agenda of 100,000 jobs, put and remove",
                      "removeFromTree",
                      "TreeSet"))));

  /** A class of benchmarks, and what of it the table has. */
  private record Group(Class<?> benchmarks, List<Comparison> comparisons) {}

  /** Two benchmarks of a class, and what they are called in the table. */
  private record Comparison(String benchmark, String part, String bareBenchmark, String bare) {
    void report(JmhRun run, Report report) {
      var cost = run.cost(benchmark);
      var bareCost = run.cost(bareBenchmark);
      var figures = report.of("parts: " + part);
      figures.add("time / " + bare, List.of(cost.nanos(), bareCost.nanos()), "ns");
      figures.add("times as long as " + bare, cost.nanos() / bareCost.nanos(), "");
      figures.add("allocated / " + bare, List.of(cost.bytes(), bareCost.bytes()), "bytes");
    }
  }

  @Override
  public void run(Options options, Report report) throws IOException {
    for (var group : GROUPS) {
      var run = JmhRun.of(group.benchmarks(), options);
      for (var comparison : group.comparisons()) {
        comparison.report(run, report);
      }
    }
  }
}
