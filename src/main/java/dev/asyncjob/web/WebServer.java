package dev.asyncjob.web;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.AbstractConnector;
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
public final class WebServer {
  /** For the request line and all headers: an id of 256 characters and a long bearer token. */
  private static final int MAX_HEADER_SIZE = 16 * 1024;

  /** Location repeats the request line, and a proxy's part may come on top. */
  private static final int MAX_RESPONSE_HEADER_SIZE = 2 * MAX_HEADER_SIZE;

  private static final int MIN_THREADS = 8;
  private static final int MIN_BYTES_PER_SECOND = 100;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final Limits limits;
  private final QueuedThreadPool threads;

  /**
   * How much its clients may take.
   *
   * @param idle how long a connection lives on which nothing comes
   */
  public record Limits(int threads, int connections, Duration idle) {}

  /** The name is that of its threads. */
  public WebServer(String name, Limits limits) {
    this.limits = limits;
    threads = new QueuedThreadPool(limits.threads(), MIN_THREADS);
    threads.setName(name);
  }

  /** Where requests are answered. */
  public Executor threads() {
    return threads;
  }

  /** Makes a Javalin such a server. */
  public void configure(JavalinConfig config, InetSocketAddress address) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = threads;
    config.jetty.host = address.getHostString();
    config.jetty.port = address.getPort();
    config.jetty.modifyServer(this::limit);
    config.jetty.modifyHttpConfiguration(WebServer::limit);
  }

  private void limit(Server server) {
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    server.addEventListener(new SlowHeads(server));
    server.addEventListener(new IdleTimeout(limits.idle()));
    server.setErrorHandler(WebServer::answerEmpty);
    server.insertHandler(new MinimumDataRateHandler(MIN_BYTES_PER_SECOND, MIN_BYTES_PER_SECOND));
    server.insertHandler(new GracefulHandler());
    server.insertHandler(new ServedMethods());
    server.setStopTimeout(STOP_TIMEOUT.toMillis());
  }

  /** Set on the connections and not on their requests, which would undo what a stop sets. */
  private record IdleTimeout(Duration idle) implements LifeCycle.Listener {
    @Override
    public void lifeCycleStarting(LifeCycle server) {
      for (var connector : ((Server) server).getConnectors()) {
        ((AbstractConnector) connector).setIdleTimeout(idle.toMillis());
      }
    }
  }

  private static void limit(HttpConfiguration http) {
    http.setSendServerVersion(false);
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
