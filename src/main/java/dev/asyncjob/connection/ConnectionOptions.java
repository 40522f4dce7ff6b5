package dev.asyncjob.connection;

import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.spi.resolver.ResolverProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Options of the connections to the API server for which the client library has no setting (7.6.0
 * has a hook for them). So they are set where the library has Vert.x make its HTTP client.
 *
 * <p>A connection ends when an answer or an event is awaited and nothing comes for long: the other
 * side may be gone without a word, behind a firewall that has forgotten the connection or a node
 * that lost its power, and the watch would wait for the five to ten minutes after which the library
 * starts it anew.
 */
final class ConnectionOptions extends VertxWrapper {
  private final Duration longestSilence;

  private ConnectionOptions(Vertx vertx, Duration longestSilence) {
    super((VertxInternal) vertx);
    this.longestSilence = longestSilence;
  }

  /** Makes the clients of the library. */
  static VertxHttpClientFactory factory(Duration longestSilence) {
    // As the library makes its own: names are resolved by the JVM.
    System.setProperty(ResolverProvider.DISABLE_DNS_RESOLVER_PROP_NAME, "true");
    var options =
        new VertxOptions()
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return new VertxHttpClientFactory(new ConnectionOptions(Vertx.vertx(options), longestSilence));
  }

  @Override
  public HttpClient createHttpClient(HttpClientOptions options) {
    ChaCha20.prefer(options);
    return super.createHttpClient(
        options
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setReadIdleTimeout((int) longestSilence.toMillis()));
  }
}
