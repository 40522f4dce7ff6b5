package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.WaitingJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a waiting job holds of the heap: the bytes of the objects, so the same on any machine. */
class JobMemoryTest {
  private static final int JOBS = 10_000;
  private static final int MOST_BYTES_PER_JOB = 700;

  @Test
  void aWaitingJobTakesFewBytes() {
    var agenda = new Agenda();
    var store =
        new JobStore(
            new JobCounts(new SimpleMeterRegistry()),
            new OwnWrites(),
            agenda,
            job -> Optional.ofNullable(job.getStatus().nextTransitionTime()));
    var before = Heap.liveBytes();

    WaitingJob.many(JOBS).forEach(job -> store.put(job.key(), job.resource()));

    assertThat((Heap.liveBytes() - before) / JOBS).isLessThan(MOST_BYTES_PER_JOB);
    assertThat(store.size()).isEqualTo(JOBS);
    assertThat(agenda.next()).isPresent();
  }
}
