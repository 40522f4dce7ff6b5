package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;
import java.util.ArrayList;
import java.util.List;

/** The CPU that each process uses from now on. */
final class CpuUse {
  private record Begin(String name, ProcessUsage usage, double before) {}

  private final List<Begin> processes = new ArrayList<>();

  /** Of the cluster's servers and of this process, the benchmark. */
  CpuUse(Cluster cluster) {
    add("API server", new ProcessUsage(cluster.controlPlane().apiServer().pid()));
    add("etcd", new ProcessUsage(cluster.controlPlane().etcd().pid()));
    add("benchmark", new ProcessUsage(ProcessHandle.current().pid()));
  }

  /** And of an operator. */
  CpuUse(Cluster cluster, OperatorUnderTest operator) {
    this(cluster);
    add("operator", operator.usage());
  }

  private void add(String name, ProcessUsage usage) {
    processes.add(new Begin(name, usage, usage.cpuSeconds()));
  }

  /** Reports what it was for a thousand of something. */
  void report(Report.Part part, double count, String what) {
    for (var process : processes) {
      part.add(
          "%s CPU for 1,000 %s".formatted(process.name(), what),
          (process.usage().cpuSeconds() - process.before()) * 1000 / count,
          "s");
    }
  }
}
