package dev.asyncjob.controller;

import dev.asyncjob.lifecycle.Defaults;
import dev.asyncjob.lifecycle.Job;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.WaitingJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One of 100,000 waiting jobs comes in changed, due at another time than before. */
public class JobStoreBenchmark {
  private static final int JOBS = 100_000;

  /** Changes of some of the jobs, and back again, without end. */
  private static final class Changes {
    private static final int CHANGED = 256;

    private record Change(String key, AsyncJob job) {}

    private final List<Change> changes =
        Stream.of(Duration.ofMinutes(1), Duration.ZERO).flatMap(Changes::all).toList();
    private int next;

    private static Stream<Change> all(Duration by) {
      return IntStream.range(0, CHANGED)
          .mapToObj(i -> WaitingJob.of(i * (JOBS / CHANGED)).later(by))
          .map(job -> new Change(job.key(), job.resource()));
    }

    Change next() {
      next = (next + 1) % changes.size();
      return changes.get(next);
    }
  }

  /** As an operator has it. */
  @State(Scope.Benchmark)
  public static class Operator {
    private final Lifecycle lifecycle =
        new Lifecycle(new Defaults(Duration.ZERO, Duration.ZERO, Optional.empty()));
    private final JobStore store =
        new JobStore(
            new JobCounts(new SimpleMeterRegistry()),
            new OwnWrites(),
            new Agenda(),
            job -> lifecycle.dueTime(Job.of(job), WaitingJob.FIRST_BEGIN));
    private final Changes changes = new Changes();

    public Operator() {
      WaitingJob.many(JOBS).forEach(job -> store.put(job.key(), job.resource()));
    }
  }

  /** No more than what holds the jobs. */
  @State(Scope.Benchmark)
  public static class Bare {
    private final Map<String, PackedJob> jobs = new ConcurrentHashMap<>();
    private final Changes changes = new Changes();

    public Bare() {
      WaitingJob.many(JOBS).forEach(job -> jobs.put(job.key(), PackedJob.of(job.resource())));
    }
  }

  @Benchmark
  public @Nullable AsyncJob put(Operator operator) {
    var change = operator.changes.next();
    return operator.store.put(change.key(), change.job());
  }

  @Benchmark
  public @Nullable Object putInMap(Bare bare) {
    var change = bare.changes.next();
    return bare.jobs.put(change.key(), PackedJob.of(change.job()));
  }
}
