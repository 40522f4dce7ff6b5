package dev.asyncjob.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.web.ConnectionLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers can do to the port that asks nobody who he is. */
class ManagementTest {
  private static final int MAX_CONNECTIONS = 200;

  private final Management management =
      Management.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new Health(),
          Metrics.registry("1", "2"));

  @AfterEach
  void stop() {
    management.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BREW /livez",
        "HEAD /livez",
        "OPTIONS *",
        "TRACE /livez",
        "POST /livez",
        "GET /<script>",
        "GET /metrics/../etc/passwd"
      })
  void whatIsNotThereIsAnsweredWithoutAWord(String request) throws IOException {
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write(
              (request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*\r\n\r\n").doesNotContain("Jetty");
    }
  }

  @Test
  void moreConnectionsThanAreAllowedWaitUntilOthersEnd() throws IOException {
    ConnectionLimit.assertHolds(URI.create(management.address() + "/livez"), MAX_CONNECTIONS);
  }

  private Socket connect() throws IOException {
    var address = URI.create(management.address());
    return new Socket(address.getHost(), address.getPort());
  }
}
