package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.resource.AsyncJob;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * A release whose operator runs outside of the cluster: with the token of the chart's
 * ServiceAccount, the chart's arguments, and no rights but those of the chart.
 */
final class Installation implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String CALLER = "caller";
  private static final Set<String> NEEDED =
      Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "Lease");

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestNamespace namespace;
  private final Path folder;
  private final OperatorProcess operator;

  /** Creates what an operator needs outside of a Pod, and starts the operator; does not wait. */
  Installation(TestNamespace namespace, Rendered rendered, Path folder) {
    this(namespace, rendered, Optional.empty(), folder);
  }

  /** The same, without a permission. */
  Installation(
      TestNamespace namespace, Rendered rendered, Optional<Permission> missing, Path folder) {
    this.namespace = namespace;
    this.folder = folder;
    for (var object : rendered.objects()) {
      if (NEEDED.contains(object.getKind())) {
        if (!Permission.isForPeople(object)) {
          missing.ifPresent(permission -> permission.takeFrom(object));
        }
        namespace.client().resource(object).create();
      }
    }
    var arguments =
        rendered
            .the(Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0)
            .getArgs()
            .stream()
            .filter(argument -> !argument.contains("-address="))
            .toArray(String[]::new);
    operator =
        namespace
            .cluster()
            .startOperator(
                Map.of(
                    "KUBECONFIG",
                    kubeconfig(Rendered.RELEASE).toString(),
                    "JAVA_TOOL_OPTIONS",
                    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                arguments);
  }

  TestNamespace namespace() {
    return namespace;
  }

  OperatorProcess operator() {
    return operator;
  }

  /** A client with the rights of a ServiceAccount. */
  KubernetesClient as(String serviceAccount) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig(serviceAccount).toFile()))
        .build();
  }

  /** Someone who may do everything to jobs, and nothing else. */
  String callersToken() {
    var kubectl = namespace.kubectl();
    if (namespace.client().serviceAccounts().withName(CALLER).get() == null) {
      kubectl.get("create", "serviceaccount", CALLER);
      kubectl.get("create", "role", CALLER, "--verb=*", "--resource=asyncjobs.asyncjob.dev");
      var account = namespace.name() + ":" + CALLER;
      kubectl.get(
          "create", "rolebinding", CALLER, "--role=" + CALLER, "--serviceaccount=" + account);
    }
    return token(CALLER);
  }

  /** Applies a job. */
  void apply(String name, String spec) {
    namespace
        .kubectl()
        .apply(
            "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: %s}, spec: %s}"
                .formatted(name, spec));
  }

  /** Waits for a job to be in a state. */
  void await(String job, String runtimeStatus) {
    await(
        job + " " + runtimeStatus,
        () ->
            Optional.ofNullable(job(job).get())
                .map(found -> found.getStatus().runtimeStatus())
                .filter(status -> status.name().equals(runtimeStatus))
                .isPresent());
  }

  /** Waits for a job to be gone. */
  void awaitDeletion(String job) {
    await(job + " is gone", () -> job(job).get() == null);
  }

  private Resource<AsyncJob> job(String name) {
    return namespace.client().resources(AsyncJob.class).withName(name);
  }

  /** Waits; fails at once when the operator has ended or was not let do something. */
  void await(String what, BooleanSupplier condition) {
    Awaitility.await()
        .alias(what)
        .atMost(LIMIT)
        .until(
            () -> {
              if (condition.getAsBoolean()) {
                return true;
              }
              assertThat(operator.log()).as(what).doesNotContain("cannot ");
              assertThat(operator.isAlive()).as("the operator runs: " + operator.log()).isTrue();
              return false;
            });
  }

  /** Sends a request to the HTTP API as the caller, who must get this status. */
  void call(String method, String path, String body, int status) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(operator.http() + path))
              .header("Authorization", "Bearer " + callersToken())
              .method(method, BodyPublishers.ofString(body))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as("%s %s: %s%n%s", method, path, answer.body(), operator.log())
          .isEqualTo(status);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    operator.close();
  }

  private String token(String serviceAccount) {
    var request = new TokenRequestBuilder().withNewSpec().endSpec().build();
    return namespace
        .client()
        .serviceAccounts()
        .withName(serviceAccount)
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  /** As in a Pod of the release: its namespace, and the token of the ServiceAccount. */
  private Path kubeconfig(String serviceAccount) {
    try {
      var admins = Files.readString(namespace.cluster().controlPlane().kubeconfig());
      return Files.writeString(
          folder.resolve(serviceAccount + ".kubeconfig"),
          admins
              .replaceAll("token: .*", "token: " + token(serviceAccount))
              .replaceAll("namespace: .*", "namespace: " + namespace.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
