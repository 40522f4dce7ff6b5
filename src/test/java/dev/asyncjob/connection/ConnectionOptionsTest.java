package dev.asyncjob.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ConnectionOptionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger watches = new AtomicInteger();
  private final AtomicInteger bookmarks = new AtomicInteger();

  @Test
  void aWatchOnWhichNothingComesIsStartedAnew() {
    watch(
        request -> request.toWebSocket().onSuccess(watch -> watches.incrementAndGet()),
        () -> watches.get() >= 3);
  }

  /** As behind a proxy that does not know WebSockets. */
  @Test
  void soIsOneOverPlainHttp() {
    watch(
        request -> {
          if (request.getHeader("Upgrade") != null) {
            request.response().setStatusCode(503).end();
          } else {
            watches.incrementAndGet();
            request.response().setChunked(true).write(WatchServer.BOOKMARK);
          }
        },
        () -> watches.get() >= 3);
  }

  @Test
  void bookmarksAreNoSilence() {
    watch(
        request -> request.toWebSocket().onSuccess(this::sendBookmarks),
        () -> bookmarks.get() >= 20);

    assertThat(watches).hasValue(1);
  }

  /** Each when a tenth of the limit has passed since the one before. */
  private void sendBookmarks(ServerWebSocket watch) {
    watches.incrementAndGet();
    Vertx.currentContext()
        .owner()
        .setPeriodic(
            LIMIT.toMillis() / 10,
            timer ->
                watch
                    .writeTextMessage(WatchServer.BOOKMARK)
                    .onSuccess(sent -> bookmarks.incrementAndGet()));
  }

  private void watch(Handler<HttpServerRequest> handler, BooleanSupplier end) {
    try (var server = new WatchServer(handler);
        var client =
            new KubernetesClientBuilder()
                .withConfig(server.config())
                .withKubernetesSerialization(Cluster.serialization())
                .withHttpClientFactory(ConnectionOptions.factory(LIMIT))
                .build()) {
      server.watch(client);
      Awaitility.await().atMost(PATIENCE).until(end::getAsBoolean);
    }
  }
}
