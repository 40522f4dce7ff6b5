package dev.asyncjob.faults;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;

/** Tells when the operators do their work again: a job without waits passes through. */
final class Probe {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final String SPEC =
      "{\"queuedDuration\": \"0s\", \"inProgressDuration\": \"0s\","
          + " \"ttlSecondsAfterFinished\": 10}";

  private final Stage stage;
  private int count;

  Probe(Stage stage) {
    this.stage = stage;
  }

  /** When it was through. */
  Instant awaitLife() {
    var name = "probe-" + ++count;
    var namespace = stage.home().name();
    Retried.until(LIMIT, () -> create(namespace, name));
    Awaitility.await()
        .alias("the operators are live again")
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(
            () ->
                stage
                    .jobs()
                    .get(namespace, name)
                    .at("/status/runtimeStatus")
                    .asText()
                    .equals("Completed"));
    return Instant.now();
  }

  private void create(String namespace, String name) {
    try {
      stage.jobs().create(namespace, name, SPEC);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }
}
