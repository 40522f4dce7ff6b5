package dev.asyncjob.store;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every call of the HTTP side to the API server: no more at a time than it works on anyway, and
 * with its failures sorted into those that pass and those that tell about the request.
 */
public final class ApiServer {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  /** More in flight make the API server slower, not faster. */
  private static final int MAX_IN_FLIGHT = 32;

  /** More that wait would hold the threads that serve reads from the cache. */
  private static final int MAX_QUEUE = 200;

  /** A client that gets no turn by then is better off with a 503 and a later try. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration RETRY_LATER = Duration.ofSeconds(5);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNPROCESSABLE = 422;

  private static final Duration QUIET = Duration.ofSeconds(10);

  private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - QUIET.toNanos());
  private final Semaphore turns = new Semaphore(MAX_IN_FLIGHT, true);

  /**
   * Makes a call.
   *
   * @throws Unavailable when the API server cannot or will not do it now
   * @throws KubernetesClientException when it says not found, conflict or invalid
   */
  public <T> T call(Supplier<T> request) {
    if (!takeTurn()) {
      throw Unavailable.tooManyWait();
    }
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      throw sorted(e);
    } finally {
      turns.release();
    }
  }

  private boolean takeTurn() {
    try {
      return turns.getQueueLength() < MAX_QUEUE
          && turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private RuntimeException sorted(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE -> e;
      case TOO_MANY_REQUESTS ->
          new Unavailable("The API server has too many requests", true, retryAfter(e));
      default -> {
        log(e);
        yield new Unavailable("The API server does not answer as it should", e, RETRY_LATER);
      }
    };
  }

  /** One line now and then: in an outage every request fails in the same way. */
  private void log(KubernetesClientException e) {
    var last = lastLine.get();
    var now = System.nanoTime();
    if (now - last >= QUIET.toNanos() && lastLine.compareAndSet(last, now)) {
      LOG.warn("the API server does not answer as it should: {}", e.getMessage());
    }
    LOG.debug("the API server does not answer as it should", e);
  }

  private static Duration retryAfter(KubernetesClientException e) {
    var status = e.getStatus();
    var seconds =
        status == null || status.getDetails() == null
            ? null
            : status.getDetails().getRetryAfterSeconds();
    return seconds == null || seconds < 1 ? Unavailable.RETRY_SOON : Duration.ofSeconds(seconds);
  }
}
