package dev.asyncjob.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;

/** What becomes of a client that comes when a server has as many connections as it takes. */
public final class ConnectionLimit {
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private ConnectionLimit() {}

  /** Waits for its answer, which comes once some of the others have gone. */
  public static void assertHolds(URI good, int connections) throws IOException {
    var request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(good.getPath());
    var sockets = new ArrayList<Socket>();
    try {
      for (var i = 0; i < connections; i++) {
        sockets.add(connect(good));
      }
      var late = connect(good);
      sockets.add(late);
      late.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      late.setSoTimeout((int) SILENCE.toMillis());
      assertThatThrownBy(() -> late.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      for (var socket : sockets.subList(0, connections / 20)) {
        socket.close();
      }
      late.setSoTimeout((int) LIMIT.toMillis());
      assertThat(new String(late.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  private static Socket connect(URI server) throws IOException {
    return new Socket(server.getHost(), server.getPort());
  }
}
