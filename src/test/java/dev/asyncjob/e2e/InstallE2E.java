package dev.asyncjob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.cluster.ChildProcess;
import dev.asyncjob.cluster.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of an installation, from its first day to its last, as a user types it. */
class InstallE2E {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String NAMESPACE = "asyncjob-e2e";
  private static final String CHART = Project.path("helm/asyncjob-operator").toString();
  private static final Path CRD = Project.path("crds/asyncjobs.asyncjob.dev-v1.yml");
  private static final Pattern FORWARDING = Pattern.compile("Forwarding from (127[^ ]+) .*");

  /** The states of a job as a watch shows them, each once. */
  private static final List<String> ONCE_EACH =
      List.of("Queued/Running", "InProgress/Running", "Completed/Completed");

  private final Terminal terminal = new Terminal(Project.path("target/e2e/transcript.txt"));
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void makeNamespaceThatTakesOnlyRestrictedPods() {
    kubectl("create namespace " + NAMESPACE);
    kubectl("label namespace " + NAMESPACE + " pod-security.kubernetes.io/enforce=restricted");
  }

  /** Leaves the definition as it was, for Helm 4 refuses to install over another one. */
  @AfterEach
  void removeNamespace() {
    terminal.type("helm uninstall asyncjob -n " + NAMESPACE + " --ignore-not-found --wait");
    terminal.type("kubectl delete namespace " + NAMESPACE);
    terminal.type("kubectl apply --server-side --force-conflicts -f " + CRD);
  }

  @Test
  void fromInstallationToRemoval() throws Exception {
    helm("install asyncjob " + CHART + " " + image() + " --wait --timeout 3m");
    kubectl("logs deployment/asyncjob");
    assertThat(helm("test asyncjob --logs")).contains("is Completed", "Phase:          Succeeded");

    aJobIsCompleted();
    aJobIsCompletedOverHttp();
    aJobOutlives("delete-leader", this::deleteTheLeader);
    aJobOutlives("upgrade", this::upgradeWithAnotherDefinition);
    aJobOutlives("rollback", () -> helm("rollback asyncjob --wait --timeout 3m"));

    helm("uninstall asyncjob --wait");
    kubectl("wait --for=delete pod --selector=app.kubernetes.io/instance=asyncjob --timeout=60s");
    assertThatOnlyTheDefinitionAndJobsAreLeft();
  }

  private void aJobIsCompleted() {
    kubectl("apply -f " + Project.path("examples/quickstart.yaml"));
    kubectl("wait --for=condition=Complete asyncjob/gb4711 --timeout=60s");
    assertThat(kubectl("get asyncjobs")).contains("gb4711", "Completed");
  }

  /** Through the Service, as a user who may edit in the namespace, and as nobody. */
  private void aJobIsCompletedOverHttp() throws Exception {
    kubectl("create serviceaccount poller");
    kubectl(
        "create rolebinding poller --clusterrole=edit --serviceaccount=" + NAMESPACE + ":poller");
    var token = kubectl("create token poller").strip();
    var address = new CompletableFuture<String>();
    try (var forward = portForward(address)) {
      var base = "http://" + address.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      var start = URI.create(base + "/api/job-start/gb4712");
      assertThat(ask(start, "").statusCode()).isEqualTo(401);
      var accepted = ask(start, token);
      assertThat(accepted.statusCode()).isEqualTo(202);
      var location = URI.create(accepted.headers().firstValue("Location").orElseThrow());
      var ended =
          Awaitility.await()
              .atMost(LIMIT)
              .until(() -> ask(location, token), answer -> answer.statusCode() != 202);
      assertThat(ended.statusCode()).isEqualTo(200);
      assertThat(new ObjectMapper().readTree(ended.body()).path("customStatus").asText())
          .isEqualTo("Completed");
      assertThat(forward.isAlive()).isTrue();
    }
    assertThat(kubectl("get asyncjob job-gb4712")).contains("Completed");
  }

  /** A job is under way while something happens to the operator; each state is written once. */
  private void aJobOutlives(String name, Runnable event) {
    var versions = new CopyOnWriteArrayList<String>();
    var columns =
        "-o custom-columns=S:.status.customStatus,R:.status.runtimeStatus,V:.metadata.resourceVersion --no-headers";
    try (var watch =
        terminal.follow(
            // Again when it ends: the server ends every watch when the definition changes.
            "sh -c 'while sleep 0.2; do kubectl get asyncjobs -n %s --field-selector metadata.name=%s -w %s; done'"
                .formatted(NAMESPACE, name, columns),
            line -> versions.add(line.strip().replaceAll(" +", "/")))) {
      terminal.typeWithInput(
          "kubectl apply -n " + NAMESPACE + " -f -",
          "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: %s},".formatted(name)
              + " spec: {queuedDuration: 5s, inProgressDuration: 5s}}");
      kubectl("wait --for=condition=Started asyncjob/" + name + " --timeout=60s");
      event.run();
      kubectl("wait --for=condition=Complete asyncjob/" + name + " --timeout=120s");
      Awaitility.await()
          .atMost(LIMIT)
          .until(
              () ->
                  versions.stream().anyMatch(version -> version.startsWith("Completed/Completed")));
      assertThat(watch.isAlive()).isTrue();
    }
    assertThat(versions.stream().distinct().map(version -> version.replaceAll("/[0-9]+$", "")))
        .filteredOn(ONCE_EACH::contains)
        .isEqualTo(ONCE_EACH);
  }

  private void deleteTheLeader() {
    var holder = kubectl("get lease asyncjob -o jsonpath={.spec.holderIdentity}");
    kubectl("delete pod " + holder.replaceAll("_.*", ""));
  }

  private void upgradeWithAnotherDefinition() {
    try {
      var changed =
          Files.readString(CRD).replace("The job's own state.", "The state of the job itself.");
      assertThat(changed).isNotEqualTo(Files.readString(CRD));
      terminal.typeWithInput("kubectl apply --server-side --force-conflicts -f -", changed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    helm(
        "upgrade asyncjob "
            + CHART
            + " "
            + image()
            + " --set asyncjob.logFormat=json --wait --timeout 3m");
    assertThat(
            terminal.type(
                "kubectl get crd asyncjobs.asyncjob.dev"
                    + " -o jsonpath={.spec.versions[0].additionalPrinterColumns[0].description}"))
        .isEqualTo("The state of the job itself.");
  }

  private void assertThatOnlyTheDefinitionAndJobsAreLeft() {
    var kinds =
        terminal
            .type("kubectl api-resources --verbs=list --namespaced -o name")
            .lines()
            .filter(kind -> !kind.startsWith("events"))
            .toList();
    var left = kubectl("get " + String.join(",", kinds) + " -o name --ignore-not-found");
    assertThat(left.lines())
        .filteredOn(name -> !name.startsWith("asyncjob.asyncjob.dev/"))
        .filteredOn(
            name ->
                !name.matches(
                    "(configmap/kube-root-ca.crt|serviceaccount/(default|poller)|rolebinding.*/poller)"))
        .isEmpty();
    assertThat(
            terminal.type(
                "kubectl get clusterroles,clusterrolebindings -l app.kubernetes.io/instance=asyncjob"
                    + " -o name"))
        .isEmpty();
    terminal.type("kubectl get crd asyncjobs.asyncjob.dev");
    assertThat(kubectl("get asyncjobs -o name").lines()).hasSize(5);
  }

  private ChildProcess portForward(CompletableFuture<String> address) {
    return terminal.follow(
        "kubectl port-forward -n " + NAMESPACE + " service/asyncjob :80",
        line -> {
          var forwarding = FORWARDING.matcher(line);
          if (forwarding.matches()) {
            address.complete(forwarding.group(1));
          }
        });
  }

  private HttpResponse<String> ask(URI uri, String token) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).timeout(LIMIT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String kubectl(String command) {
    return terminal.type("kubectl -n " + NAMESPACE + " " + command);
  }

  private String helm(String command) {
    return terminal.type("helm -n " + NAMESPACE + " " + command);
  }

  private static String image() {
    var image = System.getProperty("e2e.image", "");
    var tag = image.lastIndexOf(':');
    if (tag < 0) {
      throw new IllegalStateException("-De2e.image=REPOSITORY:TAG must name the image to install");
    }
    return "--set image.repository=%s --set image.tag=%s"
        .formatted(image.substring(0, tag), image.substring(tag + 1));
  }
}
