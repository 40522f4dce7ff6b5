package dev.asyncjob.benchmark;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A job with nothing but its times. */
public final class NewJob {
  private NewJob() {}

  static AsyncJob of(String name, Duration queued, Duration inProgress) {
    return of(name, queued, inProgress, null);
  }

  /** The last one is how long it is kept, in seconds; null: for as long as the operator says. */
  public static AsyncJob of(
      String name, Duration queued, Duration inProgress, @Nullable Integer timeToLive) {
    var job = new AsyncJob();
    job.setMetadata(new ObjectMetaBuilder().withName(name).build());
    job.setSpec(
        new AsyncJobSpec(
            queued, inProgress, null, null, null, null, null, null, null, null, timeToLive));
    return job;
  }
}
