package dev.asyncjob.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/**
 * Clients that start jobs at a steady rate, and others that each ask once a second for the state of
 * one of them until it has ended, and then turn to the latest. All on one thread, with connections
 * that are kept, so that the load itself takes little of the machine.
 *
 * <p>A request is sent when it is due, whether or not the one before has been answered; its latency
 * counts from then.
 */
final class HttpLoad {
  private static final int LIMIT_SECONDS = 60;

  private final URI service;
  private final int pollers;
  private final int startsPerSecond;
  private final int seconds;

  private final Histogram polls = new Histogram(3);
  private final Histogram starts = new Histogram(3);
  private final Map<String, Integer> errors = new TreeMap<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private int finished;
  private String latest = "";

  HttpLoad(URI service, int pollers, int startsPerSecond, int seconds) {
    this.service = service;
    this.pollers = pollers;
    this.startsPerSecond = startsPerSecond;
    this.seconds = seconds;
  }

  /** Runs all of it and waits for the last answer. */
  void run() throws InterruptedException {
    var vertx = Vertx.vertx();
    try {
      vertx.runOnContext(unused -> new OnTheEventLoop(vertx).start());
      if (!end.await(seconds + LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(unanswered + " requests are not answered");
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** In microseconds. */
  Histogram polls() {
    return polls;
  }

  /** In microseconds. */
  Histogram starts() {
    return starts;
  }

  /** Polls that were answered with the end of a job. */
  int finished() {
    return finished;
  }

  /** What was not answered as it should, and how often. */
  Map<String, Integer> errors() {
    return errors;
  }

  /** Everything here happens on one thread. */
  private final class OnTheEventLoop {
    private final Vertx vertx;
    private final HttpClient client;
    private final long endTime = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);

    OnTheEventLoop(Vertx vertx) {
      this.vertx = vertx;
      client =
          vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(pollers + startsPerSecond));
    }

    void start() {
      var jobs = new AtomicInteger();
      every(1000 / startsPerSecond, 1, () -> startJob("load-" + jobs.incrementAndGet()));
      for (var i = 0; i < pollers; i++) {
        var poller = new Poller();
        every(1000, 1000 + 1000 * i / pollers, poller::poll);
      }
      vertx.setPeriodic(
          100,
          timer -> {
            if (isOver() && unanswered.get() == 0) {
              end.countDown();
            }
          });
    }

    private void every(int millis, int first, Runnable action) {
      vertx.setPeriodic(
          first,
          millis,
          timer -> {
            if (isOver()) {
              vertx.cancelTimer(timer);
            } else {
              action.run();
            }
          });
    }

    private boolean isOver() {
      return System.nanoTime() > endTime;
    }

    private void startJob(String name) {
      get(service + "/api/job-start/" + name, starts)
          .onSuccess(
              response -> {
                if (response.statusCode() == 202) {
                  latest = response.getHeader("Location");
                } else {
                  error("start: " + response.statusCode());
                }
              });
    }

    private Future<HttpClientResponse> get(String url, Histogram latency) {
      var due = System.nanoTime();
      unanswered.incrementAndGet();
      return client
          .request(new RequestOptions().setAbsoluteURI(url).setMethod(HttpMethod.GET))
          .compose(request -> request.send())
          .compose(response -> response.body().map((Buffer body) -> response))
          .onSuccess(response -> latency.recordValue((System.nanoTime() - due) / 1000))
          .onFailure(failure -> error(failure.getClass().getSimpleName()))
          .onComplete(result -> unanswered.decrementAndGet());
    }

    private void error(String what) {
      errors.merge(what, 1, Integer::sum);
    }

    private final class Poller {
      private String job = "";

      void poll() {
        if (job.isEmpty()) {
          job = latest;
        }
        if (job.isEmpty()) {
          return;
        }
        get(job, polls)
            .onSuccess(
                response -> {
                  if (response.statusCode() == 200) {
                    finished++;
                    job = "";
                  } else if (response.statusCode() != 202) {
                    error("poll: " + response.statusCode());
                  }
                });
      }
    }
  }
}
