package dev.asyncjob.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times the requests of the HTTP API, by route, and never by a job. */
public final class HttpMetrics {
  private final MeterRegistry registry;

  public HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request was answered; the route is empty where none matched. */
  public void answered(String route, String method, int status, Duration took) {
    Timer.builder("asyncjob.http.requests")
        .description("Requests answered by the HTTP API")
        .tag("route", route.isEmpty() ? "none" : route)
        .tag("method", method)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(took);
  }
}
