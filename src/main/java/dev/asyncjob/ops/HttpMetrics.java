package dev.asyncjob.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/** Counts and times the requests of the HTTP API, by route, and never by a job. */
public final class HttpMetrics {
  /** Clients may invent others, each of which would be a series of its own. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** From a read of the cache to a request that waits for its job. */
  private static final Duration[] BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;

  public HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request was answered; the route is empty where none matched. */
  public void answered(String route, String method, int status, Duration took) {
    Timer.builder("asyncjob.http.requests")
        .description("Requests answered by the HTTP API")
        .serviceLevelObjectives(BUCKETS)
        .tag("route", route.isEmpty() ? "none" : route)
        .tag("method", METHODS.contains(method) ? method : "other")
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(took);
  }
}
