package dev.asyncjob.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands on a watch over plain HTTP in whole lines, which are events, and in ASCII. The client
 * library (7.5.2) goes over to such a watch when a WebSocket is answered 503, and cannot read other
 * characters there: one that comes in two pieces becomes two that are none, and after each event
 * with any of them come NULs, which end the watch.
 */
final class AsciiLines implements Interceptor {
  private static final String NAME = "ascii-lines";
  private static final String WATCH = "watch=true";

  private AsciiLines() {}

  static void addTo(HttpClient.Builder builder) {
    builder.addOrReplaceInterceptor(NAME, new AsciiLines());
  }

  @Override
  public AsyncBody.Consumer<List<ByteBuffer>> consumer(
      AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
    var query = request.uri().getQuery();
    return query != null && query.contains(WATCH) ? new Lines(consumer) : consumer;
  }

  private static final class Lines implements AsyncBody.Consumer<List<ByteBuffer>> {
    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(AsyncBody.Consumer<List<ByteBuffer>> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void consume(List<ByteBuffer> pieces, AsyncBody body) throws Exception {
      var lines = new ArrayList<ByteBuffer>();
      for (var piece : pieces) {
        while (piece.hasRemaining()) {
          var next = piece.get();
          line.write(next);
          if (next == '\n') {
            lines.add(US_ASCII.encode(escaped(line.toString(UTF_8))));
            line.reset();
          }
        }
      }
      if (lines.isEmpty()) {
        body.consume(); // Asks for more.
      } else {
        consumer.consume(lines, body);
      }
    }

    /** JSON has other characters in texts only, where they may stand as escapes. */
    private static String escaped(String json) {
      var escaped = new StringBuilder(json.length());
      json.chars()
          .forEach(
              character -> {
                if (character < 0x80) {
                  escaped.append((char) character);
                } else {
                  escaped.append("\\u%04x".formatted(character));
                }
              });
      return escaped.toString();
    }
  }
}
