package dev.asyncjob.controller;

import dev.asyncjob.resource.AsyncJob;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many jobs there are in each state. */
final class JobCounts {
  private record State(String runtimeStatus, String customStatus) {
    static State of(AsyncJob job) {
      var status = job.getStatus();
      return status == null
          ? new State("None", "None")
          : new State(
              Objects.toString(status.runtimeStatus(), "None"),
              Objects.toString(status.customStatus(), "None"));
    }
  }

  private final MeterRegistry registry;
  private final Map<State, AtomicLong> counts = new ConcurrentHashMap<>();

  private final AtomicLong unreadable = new AtomicLong();

  JobCounts(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("asyncjob.unreadable.jobs", unreadable, AtomicLong::get)
        .description("Jobs that stand still because their spec or status cannot be read")
        .register(registry);
  }

  /** A version of a job has taken the place of another; null where there is none. */
  void replaced(@Nullable AsyncJob previous, @Nullable AsyncJob job) {
    if (previous != null) {
      count(previous, -1);
    }
    if (job != null) {
      count(job, 1);
    }
  }

  private void count(AsyncJob job, int by) {
    count(State.of(job)).addAndGet(by);
    if (!job.isMarkedForDeletion()
        && (job.specProblem().isPresent() || job.statusProblem().isPresent())) {
      unreadable.addAndGet(by);
    }
  }

  private AtomicLong count(State state) {
    return counts.computeIfAbsent(state, this::registered);
  }

  private AtomicLong registered(State state) {
    var count = new AtomicLong();
    Gauge.builder("asyncjob.jobs", count, AtomicLong::get)
        .description("Jobs by state")
        .tag("runtime_status", state.runtimeStatus())
        .tag("custom_status", state.customStatus())
        .register(registry);
    return count;
  }
}
