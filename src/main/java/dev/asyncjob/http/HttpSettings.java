package dev.asyncjob.http;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How the API is served.
 *
 * @param address where to listen; port 0 takes a free one
 * @param namespace where jobs are created and found unless a request names a task hub
 * @param taskHubs the namespaces that a request may name as its task hub
 * @param externalUrl what clients reach the service as; empty: as each request says
 * @param trustForwarded whether a request's X-Forwarded-* headers say how clients reach the service
 * @param durations what the next job started by job-start gets, asked for at each start
 */
public record HttpSettings(
    InetSocketAddress address,
    HttpAuth auth,
    String namespace,
    Set<String> taskHubs,
    Optional<URI> externalUrl,
    boolean trustForwarded,
    Supplier<Durations> durations) {

  public HttpSettings {
    taskHubs = Set.copyOf(taskHubs);
  }

  /** How long the two phases of a job take. */
  public record Durations(Duration queued, Duration inProgress) {}
}
