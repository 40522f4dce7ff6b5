package dev.asyncjob.faults;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** What the operators take for the API server: passes requests and watches on to the real one. */
final class Gateway implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int LARGEST_EVENT = 64 << 20;
  private static final int CONNECTIONS = 500;
  private static final Set<String> OF_ONE_CONNECTION = Set.of("host", "connection", "upgrade");
  private static final String OF_ONE_WEB_SOCKET = "sec-websocket-";

  private final Vertx vertx = Vertx.vertx();
  private final Certificates certificates;
  private final int apiServer;
  private final WebSocketClient webSockets;
  private final HttpServer server;
  private final List<Interference> interferences = new CopyOnWriteArrayList<>();
  private final Set<ServerWebSocket> watches = ConcurrentHashMap.newKeySet();

  /** Begins to listen with the first of the certificates. */
  Gateway(Certificates certificates, int apiServer) {
    this.certificates = certificates;
    this.apiServer = apiServer;
    webSockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxConnections(CONNECTIONS)
                .setMaxFrameSize(LARGEST_EVENT)
                .setMaxMessageSize(LARGEST_EVENT));
    var origin =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setMaxPoolSize(CONNECTIONS));
    var proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), origin)
            .origin(apiServer, HOST)
            .addInterceptor(new Interfering());
    server =
        await(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(certificates.first())
                        .setMaxWebSocketFrameSize(LARGEST_EVENT)
                        .setMaxWebSocketMessageSize(LARGEST_EVENT))
                .requestHandler(
                    request -> {
                      if (request.headers().contains(HttpHeaders.UPGRADE)) {
                        watch(request);
                      } else {
                        proxy.handle(request);
                      }
                    })
                .listen(0, HOST));
  }

  int port() {
    return server.actualPort();
  }

  /** Does so to what passes from now on, until healed. */
  Fault.Healing interfere(Interference interference) {
    interferences.add(interference);
    return () -> interferences.remove(interference);
  }

  /** Each new connection is shown another certificate of the same authority. */
  void rotateCertificate() {
    await(server.updateSSLOptions(certificates.another(), true));
  }

  /** To all watches, as if the API server had sent it. */
  void sendToAll(String event) {
    watches.forEach(watch -> watch.writeTextMessage(event));
  }

  private void watch(HttpServerRequest request) {
    request.pause();
    var asked = new Interference.Request(request.method().name(), request.path());
    for (var interference : interferences) {
      var answer = interference.answer(asked);
      if (answer.isPresent()) {
        refuse(request, answer.get().status());
        return;
      }
    }
    vertx
        .timer(1 + delay(asked).toMillis(), MILLISECONDS)
        .compose(now -> webSockets.connect(upstream(request)))
        .onSuccess(
            origin -> {
              origin.pause();
              request
                  .toWebSocket()
                  .onSuccess(watch -> connect(watch, origin))
                  .onFailure(error -> origin.close());
            })
        .onFailure(
            error ->
                refuse(
                    request,
                    error instanceof UpgradeRejectedException rejection
                        ? rejection.getStatus()
                        : 502));
  }

  private WebSocketConnectOptions upstream(HttpServerRequest request) {
    var options =
        new WebSocketConnectOptions()
            .setHost(HOST)
            .setPort(apiServer)
            .setSsl(true)
            .setURI(request.uri());
    request
        .headers()
        .forEach(
            (name, value) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (!OF_ONE_CONNECTION.contains(lower) && !lower.startsWith(OF_ONE_WEB_SOCKET)) {
                options.addHeader(name, value);
              }
            });
    return options;
  }

  private static void refuse(HttpServerRequest request, int status) {
    request.resume();
    request.response().setStatusCode(status).end();
  }

  private void connect(ServerWebSocket watch, WebSocket origin) {
    watches.add(watch);
    watch.closeHandler(
        closed -> {
          watches.remove(watch);
          origin.close();
        });
    watch.exceptionHandler(error -> watches.remove(watch));
    origin.closeHandler(closed -> watch.close());
    origin.exceptionHandler(error -> watch.close());
    origin.textMessageHandler(event -> new Events(watch, List.copyOf(interferences)).send(event));
    origin.resume();
  }

  private Duration delay(Interference.Request request) {
    return interferences.stream()
        .map(interference -> interference.delay(request))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  /** The way to the operator through all that is yet to interfere. */
  private final class Events implements Interference.Events {
    private final ServerWebSocket watch;
    private final List<Interference> ahead;

    Events(ServerWebSocket watch, List<Interference> ahead) {
      this.watch = watch;
      this.ahead = ahead;
    }

    @Override
    public void send(String event) {
      if (!ahead.isEmpty()) {
        ahead.get(0).event(event, new Events(watch, ahead.subList(1, ahead.size())));
      } else if (!watch.isClosed()) {
        watch.writeTextMessage(event);
      }
    }

    @Override
    public void sendLater(Duration delay, Supplier<String> event) {
      vertx.setTimer(1 + delay.toMillis(), timer -> send(event.get()));
    }
  }

  private final class Interfering implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      var request = request(context);
      for (var interference : interferences) {
        var answer = interference.answer(request);
        if (answer.isPresent()) {
          return Future.succeededFuture(response(context, answer.get()));
        }
      }
      var delay = delay(request);
      return delay.isZero()
          ? context.sendRequest()
          : vertx.timer(delay.toMillis(), MILLISECONDS).compose(now -> context.sendRequest());
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      var asked = request(context);
      if (interferences.stream().anyMatch(interference -> interference.losesAnswer(asked))) {
        context.response().release();
        var request = context.request().proxiedRequest();
        request.response().exceptionHandler(closed -> {});
        return request.connection().close();
      }
      return context.sendResponse();
    }

    private Interference.Request request(ProxyContext context) {
      var request = context.request().proxiedRequest();
      return new Interference.Request(request.method().name(), request.path());
    }

    private ProxyResponse response(ProxyContext context, Interference.Answer answer) {
      var status =
          new JsonObject()
              .put("kind", "Status")
              .put("apiVersion", "v1")
              .put("status", "Failure")
              .put("reason", answer.reason())
              .put("message", "a fault on purpose")
              .put("code", answer.status());
      var response =
          context
              .request()
              .release()
              .response()
              .setStatusCode(answer.status())
              .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
              .setBody(Body.body(Buffer.buffer(status.encode())));
      answer
          .retryAfter()
          .ifPresent(after -> response.putHeader("Retry-After", String.valueOf(after.toSeconds())));
      return response;
    }
  }
}
