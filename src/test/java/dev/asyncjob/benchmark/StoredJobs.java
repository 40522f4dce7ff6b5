package dev.asyncjob.benchmark;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.InstantText;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Puts jobs that wait into etcd, past the API server: to create so many costs it 7 ms of CPU each.
 * They are copies of one that an operator has accepted, as the API server has stored it, but for
 * what differs between jobs.
 */
final class StoredJobs {
  private static final int IN_FLIGHT = 64;
  private static final Pattern VALUE = Pattern.compile("\"value\":\"([^\"]+)\"");

  private final URI etcd;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String namespace;
  private final String value;
  private final AsyncJob job;

  private StoredJobs(Cluster cluster, AsyncJob job) {
    this.etcd = URI.create("http://127.0.0.1:" + cluster.controlPlane().etcd().port());
    this.namespace = job.getMetadata().getNamespace();
    this.job = job;
    var found =
        VALUE.matcher(
            post("/v3/kv/range", Map.of("key", base64(key(job.getMetadata().getName())))).join());
    if (!found.find()) {
      throw new IllegalStateException("etcd does not have " + key(job.getMetadata().getName()));
    }
    this.value = new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.UTF_8);
  }

  /** Copies of a job that waits, all of whose times but the due time are the same. */
  static StoredJobs like(Cluster cluster, AsyncJob job) {
    return new StoredJobs(cluster, job);
  }

  /**
   * Stores jobs named job-0, job-1 and so on, each due when it is said. One by one: what one
   * transaction stores has one resource version, which no watch could be resumed in the middle of.
   */
  void put(int jobs, IntFunction<Instant> due) throws InterruptedException {
    var turns = new Semaphore(IN_FLIGHT);
    var failure = new AtomicReference<Throwable>();
    for (int i = 0; i < jobs; i++) {
      turns.acquire();
      var unused =
          post("/v3/kv/put", put("job-" + i, due.apply(i)))
              .whenComplete(
                  (answer, e) -> {
                    failure.compareAndSet(null, e);
                    turns.release();
                  });
    }
    turns.acquire(IN_FLIGHT);
    if (failure.get() != null) {
      throw new IllegalStateException("a job could not be stored", failure.get());
    }
  }

  /** The size of a stored job in bytes. */
  int size() {
    return value.length();
  }

  private Map<String, String> put(String name, Instant due) {
    var metadata = job.getMetadata();
    var status = job.getStatus();
    var templateBegin = requireNonNull(status.createdTime());
    var templateDue = requireNonNull(status.nextTransitionTime());
    var begin = due.minus(Duration.between(templateBegin, templateDue));
    var copy =
        value
            .replace("\"name\":\"" + metadata.getName() + "\"", "\"name\":\"" + name + "\"")
            .replace(metadata.getUid(), UUID.randomUUID().toString())
            .replace(requireNonNull(status.thirdPartyJobId()), UUID.randomUUID().toString())
            .replace(InstantText.format(templateDue), InstantText.format(due))
            .replace(InstantText.format(templateBegin), InstantText.format(begin));
    return Map.of("key", base64(key(name)), "value", base64(copy));
  }

  private String key(String name) {
    return "/registry/%s/%s/%s/%s".formatted(AsyncJob.GROUP, AsyncJob.PLURAL, namespace, name);
  }

  private CompletableFuture<String> post(String path, Map<String, String> body) {
    var request =
        HttpRequest.newBuilder(etcd.resolve(path))
            .POST(HttpRequest.BodyPublishers.ofString(Serialization.asJson(body)))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(
            response -> {
              if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new IllegalStateException("etcd: " + response.body());
              }
              return response.body();
            });
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
