package dev.asyncjob.benchmark;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A bare watch of the jobs of one namespace. The time of an event is taken when its last byte has
 * come, and it is read later on another thread, so that no event waits for the reading of others.
 */
final class JobWatch implements AutoCloseable {
  private static final String OBJECT = "\"object\":";

  private final KubernetesClient client;
  private final BiConsumer<AsyncJob, Instant> onJob;
  private final ExecutorService reader = Executors.newSingleThreadExecutor();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private @Nullable AsyncBody body;

  private JobWatch(KubernetesClient client, BiConsumer<AsyncJob, Instant> onJob) {
    this.client = client;
    this.onJob = onJob;
  }

  /** Begins with what is there, in any order, and goes on with each change. */
  static JobWatch start(
      KubernetesClient client, String namespace, BiConsumer<AsyncJob, Instant> onJob) {
    var watch = new JobWatch(client, onJob);
    var response =
        new BareClient(client)
            .follow(BareClient.jobs(namespace) + "?watch=true", watch::received)
            .join();
    response.body().consume();
    watch.body = response.body();
    return watch;
  }

  private void received(List<ByteBuffer> bytes) {
    for (var buffer : bytes) {
      while (buffer.hasRemaining()) {
        var next = buffer.get();
        if (next == '\n') {
          var text = line.toString(StandardCharsets.UTF_8);
          var now = Instant.now();
          line.reset();
          reader.execute(() -> read(text, now));
        } else {
          line.write(next);
        }
      }
    }
  }

  private void read(String event, Instant arrival) {
    var begin = event.indexOf(OBJECT) + OBJECT.length();
    var json = event.substring(begin, event.length() - 1);
    onJob.accept(client.getKubernetesSerialization().unmarshal(json, AsyncJob.class), arrival);
  }

  /** Ends the watch, whether or not the server has done so before. */
  void cancel() {
    requireNonNull(body).cancel();
    reader.shutdown();
  }

  @Override
  public void close() {
    var ended = requireNonNull(body).done().isDone();
    cancel();
    if (ended) {
      throw new IllegalStateException("the server ended a watch, so that events were missed");
    }
  }
}
