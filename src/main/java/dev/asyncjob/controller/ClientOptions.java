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
import java.util.function.Consumer;

/**
 * Options of the HTTP client for which the client library has no settings (7.6.0 has a hook for
 * them): they are changed where it asks Vert.x for its client.
 */
final class ClientOptions extends VertxWrapper {
  private final Consumer<HttpClientOptions> change;

  private ClientOptions(Vertx vertx, Consumer<HttpClientOptions> change) {
    super((VertxInternal) vertx);
    this.change = change;
  }

  /** Makes the clients of the library. */
  static VertxHttpClientFactory changed(Consumer<HttpClientOptions> change) {
    // As the client library has it, for its resolver does not know all that the system's does.
    System.setProperty(ResolverProvider.DISABLE_DNS_RESOLVER_PROP_NAME, "true");
    var options =
        new VertxOptions()
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false))
            .setUseDaemonThread(true);
    return new VertxHttpClientFactory(new ClientOptions(Vertx.vertx(options), change));
  }

  @Override
  public HttpClient createHttpClient(HttpClientOptions options) {
    change.accept(options);
    return super.createHttpClient(options);
  }
}
