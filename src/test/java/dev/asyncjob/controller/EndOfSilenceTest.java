package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that takes watches and says on them what a test wants. */
class EndOfSilenceTest {
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String BOOKMARK =
      """
      {"type":"BOOKMARK","object":{"kind":"AsyncJob","apiVersion":"asyncjob.dev/v1",\
      "metadata":{"resourceVersion":"1"}}}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger watches = new AtomicInteger();
  private final AtomicInteger bookmarks = new AtomicInteger();
  private volatile boolean isSilent = true;
  private volatile boolean hasWebSockets = true;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    var server =
        vertx
            .createHttpServer()
            .requestHandler(this::take)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:" + server.actualPort())
                    .withWatchReconnectInterval(20)
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .withKubernetesSerialization(Cluster.serialization())
            .withHttpClientFactory(EndOfSilence.after(LIMIT))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aWatchOnWhichNothingComesIsStartedAnew() {
    watch();
    Awaitility.await().atMost(PATIENCE).until(() -> watches.get() >= 3);
  }

  /** As behind a proxy that does not know WebSockets. */
  @Test
  void soIsOneOverPlainHttp() {
    hasWebSockets = false;
    watch();
    Awaitility.await().atMost(PATIENCE).until(() -> watches.get() >= 3);
  }

  @Test
  void bookmarksAreNoSilence() {
    isSilent = false;
    watch();
    Awaitility.await().atMost(PATIENCE).until(() -> bookmarks.get() >= 30);

    assertThat(watches).hasValue(1);
  }

  private void watch() {
    client
        .resources(AsyncJob.class)
        .inNamespace("default")
        .watch(
            new Watcher<>() {
              @Override
              public boolean reconnecting() {
                return true;
              }

              @Override
              public void eventReceived(Action action, AsyncJob job) {}

              @Override
              public void onClose(WatcherException cause) {}
            });
  }

  private void take(HttpServerRequest request) {
    if (hasWebSockets) {
      request.toWebSocket().onSuccess(this::talk);
    } else if (request.getHeader("Upgrade") != null) {
      request.response().setStatusCode(503).end();
    } else {
      watches.incrementAndGet();
      request.response().setChunked(true).write(BOOKMARK);
    }
  }

  private void talk(ServerWebSocket watch) {
    watches.incrementAndGet();
    if (!isSilent) {
      vertx.setPeriodic(
          LIMIT.toMillis() / 10,
          timer -> {
            watch.writeTextMessage(BOOKMARK);
            bookmarks.incrementAndGet();
          });
    }
  }
}
