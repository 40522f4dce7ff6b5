package dev.asyncjob.controller;

import dev.asyncjob.resource.AsyncJob;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** What a job is counted as; there is one object for each. */
record JobState(String runtimeStatus, String customStatus, boolean isUnreadable) {
  private static final Map<JobState, JobState> ALL = new ConcurrentHashMap<>();

  static JobState of(AsyncJob job) {
    var status = job.getStatus();
    var state =
        new JobState(
            Objects.toString(status == null ? null : status.runtimeStatus(), "None"),
            Objects.toString(status == null ? null : status.customStatus(), "None"),
            !job.isMarkedForDeletion()
                && (job.specProblem().isPresent() || job.statusProblem().isPresent()));
    return ALL.computeIfAbsent(state, same -> same);
  }
}
