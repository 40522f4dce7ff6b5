package dev.asyncjob.http;

/**
 * Where a request's jobs are. URLs of Durable Functions name a task hub; a name that is allowed
 * means the namespace of that name, any other the default one, for old URLs carry old names.
 *
 * @param name as the client gave it
 */
record TaskHub(String name, String namespace) {
  static TaskHub of(Query query, HttpSettings settings) {
    return query
        .nonBlank("taskHub")
        .map(
            name ->
                new TaskHub(name, settings.taskHubs().contains(name) ? name : settings.namespace()))
        .orElseGet(() -> byDefault(settings));
  }

  static TaskHub byDefault(HttpSettings settings) {
    return new TaskHub(settings.namespace(), settings.namespace());
  }
}
