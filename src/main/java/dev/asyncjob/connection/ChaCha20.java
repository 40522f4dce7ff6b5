package dev.asyncjob.connection;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * Asks the API server for ChaCha20 (RFC 8439) first. Only the JVM's optimizing compiler knows the
 * processor's AES instructions; with the quick one, which the image has, AES-GCM is a quarter of
 * all that the operator does (docs/performance.md), and ChaCha20 takes a fifth of that. A server in
 * Go follows the client's order; one that knows no ChaCha20 takes what it knows.
 */
final class ChaCha20 {
  private static final String NAME = "TLS_CHACHA20_POLY1305_SHA256";

  private ChaCha20() {}

  static void prefer(HttpClientOptions options) {
    if (options.getSslEngineOptions() instanceof JdkSSLEngineOptions engine) {
      options.setSslEngineOptions(
          new Preferring(engine, options.getEnabledSecureTransportProtocols()));
    }
  }

  private static final class Preferring extends JdkSSLEngineOptions {
    private final JdkSSLEngineOptions other;
    private final Set<String> protocols;

    Preferring(JdkSSLEngineOptions other, Set<String> protocols) {
      this.other = other;
      this.protocols = protocols;
    }

    @Override
    public JdkSSLEngineOptions copy() {
      return this;
    }

    @Override
    public SslContextFactory sslContextFactory() {
      return () -> {
        var context = ((JdkSslContext) other.sslContextFactory().create()).context();
        return new JdkSslContext(
            context,
            true,
            cipherSuites(context),
            SupportedCipherSuiteFilter.INSTANCE,
            ApplicationProtocolConfig.DISABLED,
            ClientAuth.NONE,
            protocols.toArray(String[]::new),
            false);
      };
    }

    private static Iterable<String> cipherSuites(SSLContext context) {
      return Stream.concat(
              Stream.of(NAME), Stream.of(context.getDefaultSSLParameters().getCipherSuites()))
          .distinct()
          .toList();
    }
  }
}
