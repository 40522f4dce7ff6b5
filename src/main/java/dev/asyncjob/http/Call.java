package dev.asyncjob.http;

import dev.asyncjob.store.InstanceId;
import io.javalin.http.Context;
import java.util.Optional;

/** One request, as far as the operations look at it. */
final class Call {
  private final Context context;
  private final Caller caller;
  private final TaskHub hub;
  private final String base;
  private final Query query;
  private final byte[] body;

  /**
   * The call that a request is.
   *
   * @param base scheme and authority by which the caller reaches this service
   */
  Call(Context context, Caller caller, TaskHub hub, String base) {
    this.context = context;
    this.caller = caller;
    this.hub = hub;
    this.base = base;
    this.query = new Query(context.queryParamMap());
    this.body = RequestBody.read(context.req());
  }

  Caller caller() {
    return caller;
  }

  TaskHub hub() {
    return hub;
  }

  Query query() {
    return query;
  }

  byte[] body() {
    return body;
  }

  /** The path parameter of this name, decoded. */
  String path(String name) {
    return context.pathParam(name);
  }

  InstanceId instanceId() {
    return new InstanceId(path("instanceId"));
  }

  String namespace() {
    return hub.namespace();
  }

  /** The namespace, for a caller who may do this in it. */
  String namespaceFor(Verb... verbs) {
    for (var verb : verbs) {
      caller.require(verb, namespace());
    }
    return namespace();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  ManagementUrls urls() {
    return new ManagementUrls(base, caller.key());
  }

  /** The URL that was asked for, exactly, with the query. */
  String url() {
    var query = context.queryString();
    return base + FormEncodedPath.original(context.req()) + (query == null ? "" : "?" + query);
  }
}
