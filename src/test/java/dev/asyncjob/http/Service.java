package dev.asyncjob.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.connection.StartupException;
import dev.asyncjob.controller.AsyncJobController;
import dev.asyncjob.lifecycle.Defaults;
import dev.asyncjob.lifecycle.Lifecycle;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The HTTP API of one namespace with an operator behind it, and a client of both. */
final class Service implements AutoCloseable {
  static final String BASE = "/runtime/webhooks/durabletask";

  private static final ObjectMapper JSON = new ObjectMapper();

  final AtomicReference<HttpSettings.Durations> durations;
  private final String namespace;
  private final KubernetesClient kubernetes;
  private final AsyncJobController controller;
  private final InformerCache cache;
  private final HttpApi api;
  private final HttpClient http = HttpClient.newHttpClient();

  private Service(
      Cluster cluster, String namespace, Duration phase, UnaryOperator<HttpSettings> change)
      throws StartupException, InterruptedException {
    this.namespace = namespace;
    durations = new AtomicReference<>(new HttpSettings.Durations(phase, phase));
    kubernetes = client(cluster);
    controller =
        new AsyncJobController(
            kubernetes,
            List.of(namespace),
            new Lifecycle(new Defaults(phase, phase, Optional.empty())),
            Clock.systemUTC(),
            Optional.empty(),
            new SimpleMeterRegistry(),
            () -> {},
            reason -> {});
    controller.start();
    cache = new InformerCache(kubernetes);
    var settings =
        new HttpSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new HttpAuth.Anonymous(),
            namespace,
            Set.of(namespace),
            Optional.empty(),
            false,
            durations::get);
    api =
        HttpApi.start(
            change.apply(settings),
            kubernetes,
            cache,
            Clock.systemUTC(),
            (route, method, status, took) -> {});
  }

  /** Starts with both phases of this length unless a job says otherwise. */
  static Service start(
      Cluster cluster, String namespace, Duration phase, UnaryOperator<HttpSettings> change) {
    try {
      return new Service(cluster, namespace, phase, change);
    } catch (StartupException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static Service start(Cluster cluster, String namespace, Duration phase) {
    return start(cluster, namespace, phase, settings -> settings);
  }

  String namespace() {
    return namespace;
  }

  String url() {
    return "http://127.0.0.1:" + api.port();
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, "", headers);
  }

  /** The path is one, or a URL of this service. */
  Answer send(String method, String path, String body, String... headers) {
    var uri = URI.create(path.startsWith("http") ? path : url() + path);
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(60))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    api.close();
    cache.close();
    try {
      controller.stop(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kubernetes.close();
  }

  private static KubernetesClient client(Cluster cluster) {
    var config =
        new ConfigBuilder(Config.fromKubeconfig(cluster.controlPlane().kubeconfig().toFile()))
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout(5000)
            .withWatchReconnectInterval(20)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** An answer of the service. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (JsonProcessingException e) {
        throw new AssertionError(body(), e);
      }
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }
  }
}
