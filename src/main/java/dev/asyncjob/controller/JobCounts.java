package dev.asyncjob.controller;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How many jobs there are in each state. */
final class JobCounts {
  private record Labels(String runtimeStatus, String customStatus) {}

  private final MeterRegistry registry;
  private final Map<Labels, AtomicLong> counts = new ConcurrentHashMap<>();
  private final AtomicLong unreadable = new AtomicLong();

  JobCounts(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("asyncjob.unreadable.jobs", unreadable, AtomicLong::get)
        .description("Jobs that stand still because their spec or status cannot be read")
        .register(registry);
  }

  /** A job is now in another state; null where there is no job. */
  void moved(@Nullable JobState from, @Nullable JobState to) {
    if (from != null) {
      count(from, -1);
    }
    if (to != null) {
      count(to, 1);
    }
  }

  private void count(JobState state, int by) {
    counts
        .computeIfAbsent(new Labels(state.runtimeStatus(), state.customStatus()), this::registered)
        .addAndGet(by);
    if (state.isUnreadable()) {
      unreadable.addAndGet(by);
    }
  }

  private AtomicLong registered(Labels labels) {
    var count = new AtomicLong();
    Gauge.builder("asyncjob.jobs", count, AtomicLong::get)
        .description("Jobs by state")
        .tag("runtime_status", labels.runtimeStatus())
        .tag("custom_status", labels.customStatus())
        .register(registry);
    return count;
  }
}
