package dev.asyncjob.benchmark;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.EtcdClient;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.InstantText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/**
 * Puts jobs that wait into etcd, past the API server: to create so many costs it 7 ms of CPU each.
 * They are copies of one that an operator has accepted, as the API server has stored it, but for
 * what differs between jobs.
 */
final class StoredJobs {
  private static final int IN_FLIGHT = 64;

  private final EtcdClient etcd;
  private final String namespace;
  private final String value;
  private final AsyncJob job;

  private StoredJobs(EtcdClient etcd, AsyncJob job) throws IOException, InterruptedException {
    this.etcd = etcd;
    this.namespace = job.getMetadata().getNamespace();
    this.job = job;
    var key = key(job.getMetadata().getName());
    this.value =
        etcd.get(key).orElseThrow(() -> new IllegalStateException("etcd does not have " + key));
  }

  /** Copies of a job that waits, all of whose times but the due time are the same. */
  static StoredJobs like(Cluster cluster, AsyncJob job) throws InterruptedException {
    try {
      return new StoredJobs(cluster.controlPlane().newEtcdClient(), job);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Stores jobs named job-0, job-1 and so on, each due when it is said. One by one: what one
   * transaction stores has one resource version, which no watch could be resumed in the middle of.
   */
  void put(int jobs, IntFunction<Instant> due) throws InterruptedException {
    var turns = new Semaphore(IN_FLIGHT);
    var failure = new AtomicReference<Throwable>();
    for (int i = 0; i < jobs; i++) {
      turns.acquire();
      var unused =
          etcd.putAsync(key("job-" + i), copy("job-" + i, due.apply(i)))
              .whenComplete(
                  (answer, e) -> {
                    failure.compareAndSet(null, e);
                    turns.release();
                  });
    }
    turns.acquire(IN_FLIGHT);
    if (failure.get() != null) {
      throw new IllegalStateException("a job could not be stored", failure.get());
    }
  }

  /** The size of a stored job in bytes. */
  int size() {
    return value.length();
  }

  private String copy(String name, Instant due) {
    var metadata = job.getMetadata();
    var status = job.getStatus();
    var templateBegin = requireNonNull(status.createdTime());
    var templateDue = requireNonNull(status.nextTransitionTime());
    var begin = due.minus(Duration.between(templateBegin, templateDue));
    return value
        .replace("\"name\":\"" + metadata.getName() + "\"", "\"name\":\"" + name + "\"")
        .replace(metadata.getUid(), UUID.randomUUID().toString())
        .replace(requireNonNull(status.thirdPartyJobId()), UUID.randomUUID().toString())
        .replace(InstantText.format(templateDue), InstantText.format(due))
        .replace(InstantText.format(templateBegin), InstantText.format(begin));
  }

  private String key(String name) {
    return "/registry/%s/%s/%s/%s".formatted(AsyncJob.GROUP, AsyncJob.PLURAL, namespace, name);
  }
}
