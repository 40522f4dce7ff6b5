package dev.asyncjob.benchmark;

/** One thing to measure. */
interface Scenario {
  void run(Options options, Report report) throws Exception;
}
