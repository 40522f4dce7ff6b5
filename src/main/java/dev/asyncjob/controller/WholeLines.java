package dev.asyncjob.controller;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands on a watch over plain HTTP in whole lines, which are events. The client library goes over
 * to such a watch when a WebSocket is answered 503, and decodes each piece of it as it comes: of a
 * character that is in two pieces it would make two that are none.
 */
final class WholeLines implements Interceptor {
  private static final String NAME = "whole-lines";
  private static final String WATCH = "watch=true";

  /**
   * Apart from what it ends: the library takes a NUL for each byte by which characters are longer
   * than one, at the end of the piece, where it is harmless if the event ends there as well.
   */
  private static final byte[] END_OF_LINE = {'\n'};

  private WholeLines() {}

  static void addTo(HttpClient.Builder builder) {
    builder.addOrReplaceInterceptor(NAME, new WholeLines());
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
          if (next == '\n') {
            lines.add(ByteBuffer.wrap(line.toByteArray()));
            lines.add(ByteBuffer.wrap(END_OF_LINE));
            line.reset();
          } else {
            line.write(next);
          }
        }
      }
      if (lines.isEmpty()) {
        body.consume(); // Asks for more.
      } else {
        consumer.consume(lines, body);
      }
    }
  }
}
