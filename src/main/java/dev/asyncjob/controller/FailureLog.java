package dev.asyncjob.controller;

import dev.asyncjob.connection.Reason;
import dev.asyncjob.resource.AsyncJob;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what goes wrong once, not once for each job and retry: in an outage thousands of writes fail
 * in the same way, again and again.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - QUIET_NANOS);
  private final Set<String> hopeless = ConcurrentHashMap.newKeySet();

  /** A write failed and is tried again. */
  void failed(AsyncJob job, Exception cause) {
    var count = failures.incrementAndGet();
    var last = lastLine.get();
    var now = System.nanoTime();
    if (now - last >= QUIET_NANOS && lastLine.compareAndSet(last, now)) {
      LOG.warn(
          "writing job {} failed and is tried again; {} failed since the last success: {}",
          name(job),
          count,
          Reason.of(cause));
    }
    LOG.debug("writing job {} failed", name(job), cause);
  }

  /**
   * The server refuses any status of this job: it breaks the rules of the definition now in force.
   */
  void refused(AsyncJob job, Exception cause) {
    if (hopeless.add(job.getMetadata().getUid())) {
      LOG.warn(
          "job {} stands still: the API server refuses its status; correct its spec, or create it anew: {}",
          name(job),
          Reason.of(cause));
    }
  }

  /** The status of this job makes no sense to this program. */
  void unreadable(AsyncJob job) {
    if (hopeless.add(job.getMetadata().getUid())) {
      LOG.warn(
          "job {} stands still: its status was not written by this program; delete the job, or remove"
              + " the status: {}",
          name(job),
          job.statusProblem().orElse(""));
    }
  }

  void succeeded(AsyncJob job) {
    hopeless.remove(job.getMetadata().getUid());
    if (failures.get() > 0) {
      var count = failures.getAndSet(0);
      if (count > 0) {
        LOG.info("writes succeed again; {} failed meanwhile", count);
      }
    }
  }

  private static String name(AsyncJob job) {
    return job.getMetadata().getNamespace() + "/" + job.getMetadata().getName();
  }
}
