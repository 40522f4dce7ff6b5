package dev.asyncjob.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.Outcome;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The client library goes on over plain HTTP where a WebSocket is answered 503. */
class AsciiLinesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String MESSAGE = "Lieferung f\u00e4llt aus \u4f60\u597d \ud83d\ude80";

  @Test
  void aJobMaySayWhatItWantsHoweverItComes() {
    Handler<HttpServerRequest> watch =
        request -> {
          if (request.getHeader("Upgrade") != null) {
            request.response().setStatusCode(503).end();
          } else {
            sendByteByByte(
                request.response().setChunked(true),
                Buffer.buffer(
                    WatchServer.event("ADDED", MESSAGE) + WatchServer.event("MODIFIED", MESSAGE)),
                0);
          }
        };
    try (var server = new WatchServer(watch);
        var client =
            new KubernetesClientBuilder()
                .withConfig(server.config())
                .withKubernetesSerialization(Cluster.serialization())
                .withHttpClientBuilderConsumer(AsciiLines::addTo)
                .build()) {
      server.watch(client);
      Awaitility.await().atMost(PATIENCE).until(() -> server.received().size() == 2);

      assertThat(server.received())
          .extracting(AsyncJob::getSpec)
          .extracting(AsyncJobSpec::outcome)
          .containsOnly(new Outcome(null, null, MESSAGE, null));
    }
  }

  private static void sendByteByByte(HttpServerResponse response, Buffer text, int from) {
    if (from < text.length()) {
      response
          .write(text.slice(from, from + 1))
          .onSuccess(
              sent ->
                  Vertx.currentContext()
                      .owner()
                      .setTimer(1, timer -> sendByteByByte(response, text, from + 1)));
    }
  }
}
