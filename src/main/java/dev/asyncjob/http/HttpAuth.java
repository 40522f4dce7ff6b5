package dev.asyncjob.http;

import java.nio.file.Path;

/** Who may do what over HTTP. */
public sealed interface HttpAuth {
  /** Whom the API server knows by a bearer token, what the API server's rules allow. */
  record Kubernetes() implements HttpAuth {}

  /**
   * Whoever has a key may do everything, as with Durable Functions; job-start and job-status ask
   * for none, as in the original app.
   *
   * @param file one key a line, read again when it changes
   */
  record Key(Path file) implements HttpAuth {}

  /** Everybody may do everything. */
  record Anonymous() implements HttpAuth {}
}
