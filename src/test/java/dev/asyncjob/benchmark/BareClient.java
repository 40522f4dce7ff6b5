package dev.asyncjob.benchmark;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A client that sends prepared requests and does not look into the answers more than it must: what
 * it reaches is the limit of the API server on this machine. It uses the operator's HTTP library.
 */
public final class BareClient {
  private final String server;
  private final HttpClient http;
  private final KubernetesSerialization json;

  public BareClient(KubernetesClient client) {
    this.server = client.getMasterUrl().toString().replaceAll("/$", "");
    this.http = client.getHttpClient();
    this.json = client.getKubernetesSerialization();
  }

  /** The path of all jobs of a namespace. */
  public static String jobs(String namespace) {
    return "/apis/%s/%s/namespaces/%s/%s"
        .formatted(AsyncJob.GROUP, AsyncJob.VERSION, namespace, AsyncJob.PLURAL);
  }

  /** The path of all jobs. */
  static String jobs() {
    return "/apis/%s/%s/%s".formatted(AsyncJob.GROUP, AsyncJob.VERSION, AsyncJob.PLURAL);
  }

  public CompletableFuture<String> create(String namespace, AsyncJob job) {
    return send("POST", jobs(namespace), "application/json", json.asJson(job));
  }

  public CompletableFuture<String> send(
      String method, String path, String contentType, String body) {
    return text(request(path).method(method, contentType, body).build());
  }

  CompletableFuture<String> get(String path) {
    return text(request(path).build());
  }

  private CompletableFuture<String> text(HttpRequest request) {
    return http.sendAsync(request, String.class)
        .thenApply(
            response -> {
              if (!response.isSuccessful()) {
                throw new IllegalStateException(
                    request.method() + " " + request.uri() + ": " + response.body());
              }
              return response.body();
            });
  }

  /** Follows an answer without end; each piece is handed over as it comes. */
  CompletableFuture<HttpResponse<AsyncBody>> follow(
      String path, Consumer<List<ByteBuffer>> onBytes) {
    return http.consumeBytes(
        request(path).forStreaming().build(),
        (bytes, body) -> {
          onBytes.accept(bytes);
          body.consume();
        });
  }

  private HttpRequest.Builder request(String path) {
    return http.newHttpRequestBuilder().uri(server + path);
  }
}
