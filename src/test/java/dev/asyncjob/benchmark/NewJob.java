package dev.asyncjob.benchmark;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;

/** A job with nothing but its durations. */
final class NewJob {
  private NewJob() {}

  static AsyncJob of(String name, Duration queued, Duration inProgress) {
    var job = new AsyncJob();
    job.setMetadata(new ObjectMetaBuilder().withName(name).build());
    job.setSpec(
        new AsyncJobSpec(queued, inProgress, null, null, null, null, null, null, null, null, null));
    return job;
  }
}
