package dev.asyncjob.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.asyncjob.resource.AsyncJob;
import org.jspecify.annotations.Nullable;

/** A JSON Merge Patch (RFC 7396) of a job: null takes a field away. */
public final class JobPatch {
  private final ObjectNode annotations = JsonNodeFactory.instance.objectNode();
  private final ObjectNode spec = JsonNodeFactory.instance.objectNode();

  public JobPatch annotation(String name, @Nullable String value) {
    annotations.put(name, value);
    return this;
  }

  public JobPatch spec(String field, @Nullable String value) {
    spec.put(field, value);
    return this;
  }

  public JobPatch spec(String field, boolean value) {
    spec.put(field, value);
    return this;
  }

  public JobPatch spec(String field, long value) {
    spec.put(field, value);
    return this;
  }

  public JobPatch without(String field) {
    spec.putNull(field);
    return this;
  }

  /** An object with one optional text in it. */
  public JobPatch spec(String field, String inner, @Nullable String value) {
    var object = spec.putObject(field);
    if (value != null) {
      object.put(inner, value);
    }
    return this;
  }

  /** The patch, refused by the API server if the job has changed since it was read. */
  String lockedOn(AsyncJob read) {
    var root = JsonNodeFactory.instance.objectNode();
    var metadata =
        root.putObject("metadata").put("resourceVersion", read.getMetadata().getResourceVersion());
    if (!annotations.isEmpty()) {
      metadata.set("annotations", annotations);
    }
    if (!spec.isEmpty()) {
      root.set("spec", spec);
    }
    return root.toString();
  }
}
