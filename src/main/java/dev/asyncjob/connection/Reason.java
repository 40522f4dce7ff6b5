package dev.asyncjob.connection;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, in a line: what the API server answered, else the first line of what the
 * innermost cause says.
 */
public final class Reason {
  private Reason() {}

  /** In the words of the API server or of the innermost cause. */
  public static String of(Throwable failure) {
    return answer(failure)
        .or(() -> Optional.ofNullable(failure.getCause()).map(Reason::of))
        .orElseGet(() -> ownWords(failure));
  }

  /** Without the client's own words around it, which hold it twice. */
  private static Optional<String> answer(Throwable failure) {
    return failure instanceof KubernetesClientException refused
        ? Optional.ofNullable(refused.getStatus())
            .flatMap(status -> Optional.ofNullable(status.getMessage()))
        : Optional.empty();
  }

  private static String ownWords(Throwable failure) {
    @Nullable String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
