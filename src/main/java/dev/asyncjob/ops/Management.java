package dev.asyncjob.ops;

import dev.asyncjob.web.WebServer;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The management server: {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class Management implements AutoCloseable {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /**
   * A few for the probes and a scrape, and not so many that a stranger could use up what the watch
   * and the writes need.
   */
  private static final WebServer.Limits LIMITS =
      new WebServer.Limits(16, 200, Duration.ofSeconds(20));

  private final Javalin server;
  private final String host;

  private Management(Javalin server, String host) {
    this.server = server;
    this.host = host;
  }

  /** Starts to serve; port 0 takes a free one. */
  public static Management start(
      InetSocketAddress address, Health health, PrometheusMeterRegistry metrics) {
    var server =
        Javalin.create(
            config -> {
              new WebServer("management", LIMITS).configure(config, address);
              config.routes.get("/livez", context -> answer(context, health.liveness()));
              config.routes.get("/readyz", context -> answer(context, health.readiness()));
              config.routes.get(
                  "/metrics",
                  context -> context.contentType(PROMETHEUS_TEXT).result(metrics.scrape()));
              config.routes.exception(
                  HttpResponseException.class,
                  (failure, context) -> context.status(failure.getStatus()));
            });
    return new Management(server.start(), address.getHostString());
  }

  @Override
  public void close() {
    server.stop();
  }

  /** The address that is served, as a URL. */
  public String address() {
    return "http://" + host + ":" + server.port();
  }

  private static void answer(Context context, Health.Answer answer) {
    context
        .status(answer.good() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .result(answer.text() + "\n");
  }
}
