package dev.asyncjob.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.history.History;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;

/** What users do with jobs at the API server, in JSON; the history is told of it. */
final class Jobs {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Not the client library's own, which is the operator's as well. */
  private static final PatchContext MERGE = merge("user");

  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup(AsyncJob.GROUP)
          .withVersion(AsyncJob.VERSION)
          .withKind("AsyncJob")
          .withPlural(AsyncJob.PLURAL)
          .withNamespaced(true)
          .build();

  /** One job, as it was answered. */
  record Created(String namespace, String name, String uid) {}

  private final KubernetesClient client;
  private final History history;

  Jobs(KubernetesClient client, History history) {
    this.client = client;
    this.history = history;
  }

  Created create(String namespace, String name, String spec) {
    return create(namespace, name, spec, "");
  }

  /** With more fields of its metadata, each after a comma. */
  Created create(String namespace, String name, String spec, String metadata) {
    var answer =
        client.raw(
            path(namespace),
            "POST",
            json(
                """
                {"apiVersion": "asyncjob.dev/v1", "kind": "AsyncJob",
                 "metadata": {"name": "%s"%s}, "spec": %s}"""
                    .formatted(name, metadata, spec)));
    return acknowledged(json(answer));
  }

  /** A job that somebody else has created, and been answered so. */
  Created acknowledged(JsonNode job) {
    var metadata = job.get("metadata");
    var uid = metadata.get("uid").asText();
    history.acknowledged(uid);
    return new Created(metadata.get("namespace").asText(), metadata.get("name").asText(), uid);
  }

  JsonNode get(String namespace, String name) {
    return json(client.raw(path(namespace) + "/" + name, "GET", null));
  }

  /** Merges fields into the spec. */
  void edit(Created job, String fields) {
    resource(job).patch(MERGE, "{\"spec\": " + fields + "}");
  }

  void label(Created job, String value) {
    resource(job).patch(MERGE, "{\"metadata\": {\"labels\": {\"seen\": \"%s\"}}}".formatted(value));
  }

  /** As a program that has no business there. */
  void editStatus(Created job, String fields, String fieldManager) {
    resource(job).subresource("status").patch(merge(fieldManager), "{\"status\": " + fields + "}");
  }

  /** It may have lived out its time already. */
  void delete(Created job) {
    history.deleting(job.uid());
    try {
      client.raw(path(job.namespace()) + "/" + job.name(), "DELETE", null);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  void deleteAll(String namespace) {
    history.deletingAll(namespace);
    client.raw(path(namespace), "DELETE", null);
  }

  private static PatchContext merge(String fieldManager) {
    return new PatchContext.Builder()
        .withPatchType(PatchType.JSON_MERGE)
        .withFieldManager(fieldManager)
        .build();
  }

  private Resource<GenericKubernetesResource> resource(Created job) {
    return client
        .genericKubernetesResources(KIND)
        .inNamespace(job.namespace())
        .withName(job.name());
  }

  private static String path(String namespace) {
    return "/apis/%s/%s/namespaces/%s/%s"
        .formatted(AsyncJob.GROUP, AsyncJob.VERSION, namespace, AsyncJob.PLURAL);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
