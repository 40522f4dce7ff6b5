package dev.asyncjob.controller;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.asyncjob.leadership.Leadership;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobStatus;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The two writes of the operator, each one request, each holding only for the very version of the
 * job that the decision was made on: so no transition is written twice, by whomever.
 */
final class JobWriter {
  private final KubernetesClient client;
  private final Leadership leadership;
  private final JobMetrics metrics;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

  JobWriter(KubernetesClient client, Leadership leadership, JobMetrics metrics) {
    this.client = client;
    this.metrics = metrics;
    this.leadership = leadership;
  }

  /**
   * Replaces the status. A PUT, since a merge patch would keep the fields that have ended and mix
   * old and new output; without the spec, for the server ignores it here.
   *
   * @param afterwards gets the job as the server has it now, and is a part of the write: the end of
   *     the process waits for it as well, so that what was written is logged
   * @return the job as the server has it now
   * @throws KubernetesClientException with code 409 when the job has changed meanwhile
   * @throws NotLeadingException when it is not for this process to write
   */
  AsyncJob write(AsyncJob job, AsyncJobStatus status, Consumer<AsyncJob> afterwards) {
    var body = body(job, status);
    return send(
        () -> {
          var answer =
              metrics.timed(() -> client.raw(path(job.getMetadata()) + "/status", "PUT", body));
          var written = written(job, status, answer);
          afterwards.accept(written);
          return written;
        });
  }

  /** All but its version is known: the lock held, so nothing else has changed. */
  private AsyncJob written(AsyncJob job, AsyncJobStatus status, String answer) {
    var version =
        client.getKubernetesSerialization().unmarshal(answer, Written.class).metadata().version();
    return AsyncJob.of(
        new ObjectMetaBuilder(job.getMetadata()).withResourceVersion(version).build(),
        job.getSpec(),
        job.specProblem().orElse(null),
        status,
        null);
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Written(Metadata metadata) {
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Metadata(@JsonProperty("resourceVersion") String version) {}
  }

  /**
   * Deletes the job.
   *
   * @throws KubernetesClientException with code 409 when the job has changed meanwhile
   * @throws NotLeadingException when it is not for this process to write
   */
  void delete(AsyncJob job) {
    var metadata = job.getMetadata();
    var options =
        new DeleteOptionsBuilder()
            .withNewPreconditions(metadata.getResourceVersion(), metadata.getUid())
            .build();
    send(() -> client.raw(path(metadata), "DELETE", options));
  }

  private static String path(ObjectMeta metadata) {
    return "/apis/%s/%s/namespaces/%s/%s/%s"
        .formatted(
            AsyncJob.GROUP,
            AsyncJob.VERSION,
            metadata.getNamespace(),
            AsyncJob.PLURAL,
            metadata.getName());
  }

  private <T> T send(Supplier<T> request) {
    gate.readLock().lock();
    try {
      if (leadership.state() != Leadership.State.Leader) {
        throw new NotLeadingException();
      }
      return request.get();
    } finally {
      gate.readLock().unlock();
    }
  }

  /**
   * Lets no write begin any more, and waits for those under way.
   *
   * @return false when some were still under way at the time limit
   */
  boolean close(Duration limit) throws InterruptedException {
    return gate.writeLock().tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What is sent of a job to replace its status. */
  static AsyncJob body(AsyncJob job, AsyncJobStatus status) {
    return AsyncJob.of(lockedOn(job.getMetadata()), null, null, status, null);
  }

  private static ObjectMeta lockedOn(ObjectMeta metadata) {
    return new ObjectMetaBuilder()
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .build();
  }
}
