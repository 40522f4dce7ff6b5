package dev.asyncjob.benchmark;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/**
 * A bare watch of the jobs of one namespace, by another HTTP library than the operator's. The time
 * of an event is taken when its last byte has come, and it is read later on another thread, so that
 * no event waits for the reading of others.
 */
final class JobWatch implements AutoCloseable {
  private static final String OBJECT = "\"object\":";

  private final KubernetesClient client;
  private final BiConsumer<AsyncJob, Instant> onJob;
  private final InputStream events;
  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private volatile boolean isCancelled;
  private volatile boolean hasEnded;

  private JobWatch(
      KubernetesClient client, BiConsumer<AsyncJob, Instant> onJob, InputStream events) {
    this.client = client;
    this.onJob = onJob;
    this.events = events;
  }

  /** Begins with what is there, in any order, and goes on with each change. */
  static JobWatch start(
      KubernetesClient client, String namespace, BiConsumer<AsyncJob, Instant> onJob) {
    return start(client, namespace, "", onJob);
  }

  /** Brings each change from now on, and nothing of the many jobs that are there. */
  static JobWatch startFromNow(
      KubernetesClient client, String namespace, BiConsumer<AsyncJob, Instant> onJob) {
    var now =
        client
            .resources(AsyncJob.class)
            .inNamespace(namespace)
            .list(new ListOptionsBuilder().withLimit(1L).build())
            .getMetadata()
            .getResourceVersion();
    return start(client, namespace, "&resourceVersion=" + now, onJob);
  }

  private static JobWatch start(
      KubernetesClient client, String namespace, String from, BiConsumer<AsyncJob, Instant> onJob) {
    var path = BareClient.jobs(namespace) + "?watch=true" + from;
    var watch = new JobWatch(client, onJob, open(client, path));
    var thread = new Thread(watch::follow, "watch of " + namespace);
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private static InputStream open(KubernetesClient client, String path) {
    try {
      var config = client.getConfiguration();
      var http =
          HttpClient.newBuilder()
              .sslContext(SSLUtils.sslContext(config))
              .version(HttpClient.Version.HTTP_1_1)
              .build();
      var request =
          HttpRequest.newBuilder(URI.create(config.getMasterUrl()).resolve(path))
              .header("Authorization", "Bearer " + config.getAutoOAuthToken())
              .build();
      var response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != HttpURLConnection.HTTP_OK) {
        throw new IllegalStateException("a watch was answered " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void follow() {
    try (var lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var now = Instant.now();
        var event = line;
        reader.execute(() -> read(event, now));
      }
      hasEnded = true;
    } catch (IOException e) {
      hasEnded = !isCancelled;
    }
  }

  private void read(String event, Instant arrival) {
    var begin = event.indexOf(OBJECT) + OBJECT.length();
    var json = event.substring(begin, event.length() - 1);
    onJob.accept(client.getKubernetesSerialization().unmarshal(json, AsyncJob.class), arrival);
  }

  /** Ends the watch, whether or not the server has done so before. */
  void cancel() {
    isCancelled = true;
    try {
      events.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader.shutdown();
  }

  @Override
  public void close() {
    var ended = hasEnded;
    cancel();
    if (ended) {
      throw new IllegalStateException("the server ended a watch, so that events were missed");
    }
  }
}
