package dev.asyncjob.connection;

import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the operator can work before it starts: the API server answers, knows the resource,
 * and lets it be read. So that what is missing is said in a sentence.
 */
public final class Preflight {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);
  private static final Duration FOR_A_CLUSTER = Duration.ofSeconds(60);

  /** A definition that was installed a moment ago is not served at once. */
  private static final Duration FOR_A_DEFINITION = Duration.ofSeconds(5);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

  private final KubernetesClient client;

  /** Asks the API server of a client. */
  public Preflight(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Waits for the API server, and checks what the operator needs of it.
   *
   * @param namespaces where jobs are to be watched; empty for all
   */
  public void check(List<String> namespaces) throws StartupException, InterruptedException {
    var start = System.nanoTime();
    while (true) {
      try {
        readJobs(namespaces);
        namespaces.forEach(this::warnIfMissing);
        return;
      } catch (KubernetesClientException e) {
        var waited = Duration.ofNanos(System.nanoTime() - start);
        if (waited.compareTo(patience(e)) > 0) {
          throw new StartupException(explanation(e), e);
        }
        LOG.warn("waiting for the API server at {}: {}", client.getMasterUrl(), Reason.of(e));
        Thread.sleep(BETWEEN_TRIES.toMillis());
      }
    }
  }

  private void readJobs(List<String> namespaces) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    if (namespaces.isEmpty()) {
      client.resources(AsyncJob.class).inAnyNamespace().list(one);
    }
    namespaces.forEach(name -> client.resources(AsyncJob.class).inNamespace(name).list(one));
  }

  private void warnIfMissing(String namespace) {
    try {
      if (client.namespaces().withName(namespace).get() == null) {
        LOG.warn("namespace {} does not exist; its jobs are watched once it does", namespace);
      }
    } catch (KubernetesClientException e) {
      LOG.debug("cannot see whether namespace {} exists", namespace, e); // Not needed to work.
    }
  }

  private static Duration patience(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN -> Duration.ZERO;
      case HttpURLConnection.HTTP_NOT_FOUND -> FOR_A_DEFINITION;
      default -> FOR_A_CLUSTER;
    };
  }

  private String explanation(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          "the API server at %s does not let the operator read jobs; give its user the rights: %s"
              .formatted(client.getMasterUrl(), Reason.of(e));
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "the API server at %s does not serve %s %s/%s; install the definition: kubectl apply -f crds/"
              .formatted(client.getMasterUrl(), AsyncJob.PLURAL, AsyncJob.GROUP, AsyncJob.VERSION);
      default ->
          "no cluster: the API server at %s gave no answer within %d s; check KUBECONFIG and the network: %s"
              .formatted(client.getMasterUrl(), FOR_A_CLUSTER.toSeconds(), Reason.of(e));
    };
  }
}
