package dev.asyncjob.ops;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;

/** The management server: {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class Management {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

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
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.routes.get("/livez", context -> answer(context, health.liveness()));
              config.routes.get("/readyz", context -> answer(context, health.readiness()));
              config.routes.get(
                  "/metrics",
                  context -> context.contentType(PROMETHEUS_TEXT).result(metrics.scrape()));
            });
    return new Management(
        server.start(address.getHostString(), address.getPort()), address.getHostString());
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
