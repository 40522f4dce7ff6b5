package dev.asyncjob.controller;

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
 * Ends a connection on which an answer or an event is awaited and nothing comes: the other side may
 * be gone without a word, behind a firewall that has forgotten the connection or a node that lost
 * its power, and the watch would wait for the five to ten minutes after which the client library
 * starts it anew.
 *
 * <p>The library has no setting for it (7.6.0 has a hook for such options), so it is set where the
 * library makes its client.
 */
final class EndOfSilence extends VertxWrapper {
  private final Duration limit;

  private EndOfSilence(Vertx vertx, Duration limit) {
    super((VertxInternal) vertx);
    this.limit = limit;
  }

  /** Makes the clients of the library. */
  static VertxHttpClientFactory after(Duration limit) {
    // As the library makes its own: names are resolved by the JVM.
    System.setProperty(ResolverProvider.DISABLE_DNS_RESOLVER_PROP_NAME, "true");
    var options =
        new VertxOptions()
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return new VertxHttpClientFactory(new EndOfSilence(Vertx.vertx(options), limit));
  }

  @Override
  public HttpClient createHttpClient(HttpClientOptions options) {
    return super.createHttpClient(
        options
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setReadIdleTimeout((int) limit.toMillis()));
  }
}
