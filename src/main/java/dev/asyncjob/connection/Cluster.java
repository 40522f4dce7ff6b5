package dev.asyncjob.connection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.Json;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The connection to the API server, set up for an operator. */
public final class Cluster {
  /**
   * Short of the deadline by which a lease must be renewed, so that one slow request is no loss.
   */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);

  /** Well over the minute after which the API server sends a bookmark on a watch without events. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

  private static final Duration WATCH_RECONNECT = Duration.ofMillis(20);
  private static final Path HOME_CONFIG =
      Path.of(System.getProperty("user.home"), ".kube", "config");
  private static final Path SERVICE_ACCOUNT = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);

  private Cluster() {}

  /**
   * A client for the cluster that KUBECONFIG, ~/.kube/config or the Pod's service account names. It
   * tries each request once: the scheduler tries again, with the job as it is by then.
   *
   * @param kubeconfig the value of KUBECONFIG: files, separated as in PATH
   */
  public static KubernetesClient connect(Optional<String> kubeconfig) throws StartupException {
    checkThatOneIsNamed(kubeconfig);
    var config =
        new ConfigBuilder(configured())
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
            .withWatchReconnectInterval((int) WATCH_RECONNECT.toMillis())
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(ConnectionOptions.factory(LONGEST_SILENCE))
        .withHttpClientBuilderConsumer(AsciiLines::addTo)
        .withKubernetesSerialization(serialization())
        .build();
  }

  private static Config configured() throws StartupException {
    try {
      var config = Config.autoConfigure(null);
      if (config.getNamespace() == null) {
        config.setNamespace("default"); // As kubectl takes it: most kubeconfigs name none.
      }
      return config;
    } catch (RuntimeException e) {
      throw new StartupException("the kubeconfig cannot be read: " + Reason.of(e), e);
    }
  }

  /** The client library would fall back to a host name that exists in Pods only. */
  private static void checkThatOneIsNamed(Optional<String> kubeconfig) throws StartupException {
    if (kubeconfig.isPresent()) {
      if (Stream.of(kubeconfig.get().split(Pattern.quote(File.pathSeparator), -1))
          .map(Path::of)
          .noneMatch(Files::exists)) {
        throw new StartupException(
            "KUBECONFIG names " + kubeconfig.get() + ", which does not exist");
      }
    } else if (!Files.exists(HOME_CONFIG) && !Files.exists(SERVICE_ACCOUNT)) {
      throw new StartupException(
          "no cluster is named: set KUBECONFIG, or make ~/.kube/config, or run in a Pod");
    }
  }

  /**
   * Knows the jobs by their class, so that a watch reads them as such: a generic resource would
   * hold their JSON as a tree, and a deep one overflows the stack, which ends the watch of all. And
   * the Status that ends a watch; no more, for to find and load all kinds of Kubernetes takes a
   * good part of the start. What it reads is {@link Json#factory()}'s to say.
   */
  public static KubernetesSerialization serialization() {
    var mapper =
        new ObjectMapper(Json.factory()).addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    var serialization = new KubernetesSerialization(mapper, false);
    serialization.registerKubernetesResource(AsyncJob.class);
    serialization.registerKubernetesResource(Status.class);
    return serialization;
  }

  /**
   * A third of the work of reading a job, and of what it then holds, for what nobody needs here.
   */
  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}
}
