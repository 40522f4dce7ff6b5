package dev.asyncjob.faults;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What an administrator tries again until it works. */
final class Retried {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private Retried() {}

  static void until(Duration limit, Runnable action) {
    Awaitility.await()
        .atMost(limit)
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(
            () -> {
              action.run();
              return true;
            });
  }
}
