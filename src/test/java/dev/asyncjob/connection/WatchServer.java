package dev.asyncjob.connection;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server that takes watches, and says on them what a test wants. */
final class WatchServer implements AutoCloseable {
  static final String BOOKMARK = event("BOOKMARK", "");

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<AsyncJob> received = new CopyOnWriteArrayList<>();

  WatchServer(Handler<HttpServerRequest> watch) {
    server =
        vertx
            .createHttpServer()
            .requestHandler(watch)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** One line of a watch. */
  static String event(String type, String message) {
    return """
    {"type": "%s", "object": {"kind": "AsyncJob", "apiVersion": "asyncjob.dev/v1",\
     "metadata": {"name": "gb4711", "namespace": "default", "resourceVersion": "1"},\
     "spec": {"outcome": {"message": "%s"}}}}
    """
        .formatted(type, message);
  }

  Vertx vertx() {
    return vertx;
  }

  Config config() {
    return new ConfigBuilder()
        .withMasterUrl("http://127.0.0.1:" + server.actualPort())
        .withWatchReconnectInterval(20)
        .withRequestRetryBackoffLimit(0)
        .build();
  }

  /** Watches as the informer does. */
  void watch(KubernetesClient client) {
    var unused =
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
                  public void eventReceived(Action action, AsyncJob job) {
                    received.add(job);
                  }

                  @Override
                  public void onClose(WatcherException cause) {}
                });
  }

  /** The jobs of all events so far. */
  List<AsyncJob> received() {
    return received;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
