package dev.asyncjob.http;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty with limits, so that no client can take all of it, and without words of its own. */
final class WebServer {
  /** For the request line and all headers: an id of 256 characters and a long bearer token. */
  private static final int MAX_HEADER_SIZE = 16 * 1024;

  /** Location repeats the request line, and a proxy's part may come on top. */
  private static final int MAX_RESPONSE_HEADER_SIZE = 2 * MAX_HEADER_SIZE;

  private static final int MAX_CONNECTIONS = 4000;

  /** More than can wait for the API server, so that some are left for reads from the cache. */
  private static final int MAX_THREADS = 600;

  private static final int MIN_THREADS = 8;
  private static final int MIN_BYTES_PER_SECOND = 100;

  /** Longer than clients keep theirs, lest they send on a connection that is just being closed. */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** What ids in paths need; broken encodings are answered with a 400. */
  private static final Set<Violation> ALLOWED =
      EnumSet.of(
          Violation.AMBIGUOUS_PATH_SEGMENT,
          Violation.AMBIGUOUS_EMPTY_SEGMENT,
          Violation.AMBIGUOUS_PATH_SEPARATOR,
          Violation.AMBIGUOUS_PATH_PARAMETER,
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.SUSPICIOUS_PATH_CHARACTERS,
          Violation.ILLEGAL_PATH_CHARACTERS);

  private final QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);

  WebServer() {
    threads.setName("http");
  }

  QueuedThreadPool threads() {
    return threads;
  }

  void configure(JavalinConfig config, HttpSettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.router.caseInsensitiveRoutes = true;
    config.router.treatMultipleSlashesAsSingleSlash = true;
    config.jetty.threadPool = threads;
    config.jetty.host = settings.address().getHostString();
    config.jetty.port = settings.address().getPort();
    config.jetty.modifyServer(WebServer::limit);
    config.jetty.modifyHttpConfiguration(
        http -> {
          limit(http);
          if (settings.trustForwarded()) {
            http.addCustomizer(new ForwardedRequestCustomizer());
          }
          http.addCustomizer(new FormEncodedPath());
          http.addCustomizer(new ContentTypeHeader());
        });
  }

  private static void limit(Server server) {
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.addEventListener(new SlowHeads(server));
    server.addEventListener(new IdleTimeout());
    server.setErrorHandler(WebServer::answerEmpty);
    server.insertHandler(new MinimumDataRateHandler(MIN_BYTES_PER_SECOND, MIN_BYTES_PER_SECOND));
    server.insertHandler(new GracefulHandler());
    server.insertHandler(new ServedMethods());
    server.setStopTimeout(STOP_TIMEOUT.toMillis());
  }

  /** Set on the connections and not on their requests, which would undo what a stop sets. */
  private static final class IdleTimeout implements LifeCycle.Listener {
    @Override
    public void lifeCycleStarting(LifeCycle server) {
      for (var connector : ((Server) server).getConnectors()) {
        ((AbstractConnector) connector).setIdleTimeout(IDLE_TIMEOUT.toMillis());
      }
    }
  }

  private static void limit(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.from(ALLOWED));
    http.setRequestHeaderSize(MAX_HEADER_SIZE);
    http.setResponseHeaderSize(MAX_RESPONSE_HEADER_SIZE);
    http.setMaxResponseHeaderSize(MAX_RESPONSE_HEADER_SIZE);
  }

  /** What Jetty refuses before any route has a say gets no page about Jetty. */
  static boolean answerEmpty(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    response.write(true, null, callback);
    return true;
  }
}
