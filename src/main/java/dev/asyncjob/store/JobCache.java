package dev.asyncjob.store;

import dev.asyncjob.resource.AsyncJob;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jobs as this replica last heard of them: a little behind the API server, and free to ask.
 * What it hands out is shared and must not be changed.
 */
public interface JobCache {
  Optional<AsyncJob> get(String namespace, String name);

  /** All jobs of a namespace, in any order, without a copy of them. */
  Stream<AsyncJob> list(String namespace);
}
