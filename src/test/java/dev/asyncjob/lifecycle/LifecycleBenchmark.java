package dev.asyncjob.lifecycle;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.WaitingJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it takes to decide; a new status is at least a copy of the old one. */
@State(Scope.Benchmark)
public class LifecycleBenchmark {
  private final Lifecycle lifecycle =
      new Lifecycle(new Defaults(Duration.ZERO, Duration.ZERO, Optional.empty()));
  private final Job job = Job.of(WaitingJob.of(0).resource());
  private final Instant due = WaitingJob.of(0).due();
  private final Instant before = due.minusSeconds(1);

  @Setup
  public void check() {
    if (!(due() instanceof Step.Write) || !(waiting() instanceof Step.Wait)) {
      throw new IllegalStateException("the lifecycle takes the job for another: " + job);
    }
  }

  @Benchmark
  public Step due() {
    return lifecycle.next(job, due);
  }

  @Benchmark
  public Step waiting() {
    return lifecycle.next(job, before);
  }

  @Benchmark
  public AsyncJobStatus copy() {
    return job.status().toBuilder().build();
  }
}
