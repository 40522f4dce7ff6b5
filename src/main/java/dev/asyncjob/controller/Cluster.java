package dev.asyncjob.controller;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.resource.Json;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;

/** The connection to the API server, set up for an operator. */
public final class Cluster {
  /**
   * Short of the deadline by which a lease must be renewed, so that one slow request is no loss.
   */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

  private static final Duration WATCH_RECONNECT = Duration.ofMillis(20);

  private Cluster() {}

  /**
   * A client for the cluster that KUBECONFIG, ~/.kube/config or the Pod's service account names. It
   * tries each request once: the scheduler tries again, with the job as it is by then.
   */
  public static KubernetesClient connect() {
    var config =
        new ConfigBuilder(Config.autoConfigure(null))
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
            .withWatchReconnectInterval((int) WATCH_RECONNECT.toMillis())
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(new KubernetesSerialization(mapper(), true))
        .build();
  }

  /** Reads and writes JSON as deep as the API server does: see {@link Json#MAX_NESTING_DEPTH}. */
  private static ObjectMapper mapper() {
    return new ObjectMapper(
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(Json.MAX_NESTING_DEPTH).build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(Json.MAX_NESTING_DEPTH).build())
            .build());
  }
}
