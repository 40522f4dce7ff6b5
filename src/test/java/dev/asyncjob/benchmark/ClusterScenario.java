package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;

/** One thing to measure on a cluster of its own. */
interface ClusterScenario extends Scenario {
  void run(Cluster cluster, Options options, Report report) throws Exception;

  @Override
  default void run(Options options, Report report) throws Exception {
    try (var cluster = Cluster.start()) {
      run(cluster, options, report);
    }
  }
}
