package dev.asyncjob.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChaCha20Test {
  private static final int RECORD_HEADER = 5;
  private static final int UP_TO_SESSION_ID = 4 + 2 + 32;
  private static final int TLS_CHACHA20_POLY1305_SHA256 = 0x1303; // RFC 8446, B.4

  @Test
  void theClientAsksForItFirst() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client =
            new KubernetesClientBuilder()
                .withConfig(
                    new ConfigBuilder()
                        .withMasterUrl("https://127.0.0.1:" + server.getLocalPort())
                        .withTrustCerts(true)
                        .build())
                .withHttpClientFactory(ConnectionOptions.factory(Duration.ofSeconds(30)))
                .build()) {
      var unused = CompletableFuture.runAsync(() -> client.raw("/version"));
      try (var connection = server.accept();
          var hello = new DataInputStream(connection.getInputStream())) {
        hello.readFully(new byte[RECORD_HEADER + UP_TO_SESSION_ID]);
        hello.readFully(new byte[hello.readUnsignedByte()]);
        assertThat(hello.readUnsignedShort()).as("bytes of cipher suites").isGreaterThan(2);
        assertThat(hello.readUnsignedShort()).isEqualTo(TLS_CHACHA20_POLY1305_SHA256);
      }
    }
  }
}
