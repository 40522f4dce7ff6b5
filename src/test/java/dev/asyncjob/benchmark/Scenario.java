package dev.asyncjob.benchmark;

import dev.asyncjob.cluster.Cluster;

/** One thing to measure, on a cluster of its own. */
interface Scenario {
  void run(Cluster cluster, Options options, Report report) throws Exception;
}
