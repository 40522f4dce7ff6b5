package dev.asyncjob.benchmark;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Status writes to one job, one after the other, by a bare client. The body is the operator's: the
 * whole status, one time of which changes from write to write, locked on the version.
 */
final class StatusWrites {
  /** The ways to write a status. */
  enum Method {
    PUT("PUT", "application/json", ""),
    MERGE_PATCH("PATCH", "application/merge-patch+json", ""),
    APPLY("PATCH", "application/apply-patch+yaml", "?fieldManager=bare&force=true");

    private final String verb;
    private final String contentType;
    private final String query;

    Method(String verb, String contentType, String query) {
      this.verb = verb;
      this.contentType = contentType;
      this.query = query;
    }
  }

  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");

  private final KubernetesSerialization json;
  private final BareClient client;
  private final AsyncJob job;
  private final String path;
  private final AtomicInteger sent = new AtomicInteger();
  private volatile String version;

  StatusWrites(KubernetesClient client, AsyncJob job) {
    this.json = client.getKubernetesSerialization();
    this.client = new BareClient(client);
    this.job = job;
    this.version = job.getMetadata().getResourceVersion();
    this.path =
        "%s/%s/status"
            .formatted(
                BareClient.jobs(job.getMetadata().getNamespace()), job.getMetadata().getName());
  }

  int sent() {
    return sent.get();
  }

  /** Sends the next write; the one before must have been answered. */
  CompletableFuture<Void> send(Method method) {
    sent.incrementAndGet();
    return client
        .send(method.verb, path + method.query, method.contentType, body())
        .thenAccept(answer -> version = version(answer));
  }

  private String body() {
    var metadata = job.getMetadata();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("apiVersion", job.getApiVersion());
    body.put("kind", job.getKind());
    body.put(
        "metadata",
        Map.of(
            "namespace", metadata.getNamespace(),
            "name", metadata.getName(),
            "uid", metadata.getUid(),
            "resourceVersion", version));
    body.put("status", job.getStatus().toBuilder().lastUpdatedTime(Instant.now()).build());
    return json.asJson(body);
  }

  private static String version(String answer) {
    var version = VERSION.matcher(answer);
    if (!version.find()) {
      throw new IllegalStateException("no resourceVersion in " + answer);
    }
    return version.group(1);
  }
}
