package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.Kubectl;
import dev.asyncjob.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator's rights are enough, and each of them is needed. */
@ExtendWith(ClusterExtension.class)
class RightsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** An operator for all namespaces would do what another one may not. */
  private static final String ALL_NAMESPACES = "jobs of all namespaces";

  private static final String API = "/runtime/webhooks/durabletask";
  private static final String START = API + "/orchestrators/AsyncJobOrchestrator/";

  /** For each permission what cannot be done without it. */
  private static final Map<String, Consumer<Installation>> FLOWS =
      Map.ofEntries(
          Map.entry("list asyncjobs", RightsIT::getsReady),
          Map.entry("watch asyncjobs", RightsIT::completesAJob),
          Map.entry("update asyncjobs/status", RightsIT::completesAJob),
          Map.entry("delete asyncjobs", RightsIT::deletesAJobInTime),
          Map.entry("create leases", RightsIT::makesTheLeaseAgain),
          Map.entry("get leases", RightsIT::leads),
          Map.entry("patch leases", RightsIT::goesOnLeading),
          Map.entry("create tokenreviews", RightsIT::listsOverHttp),
          Map.entry("create subjectaccessreviews", RightsIT::listsOverHttp),
          Map.entry("get asyncjobs", RightsIT::knowsOverHttpWhatIsNotThere),
          Map.entry("create asyncjobs", RightsIT::startsOverHttp),
          Map.entry("patch asyncjobs", RightsIT::suspendsOverHttp));

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = ALL_NAMESPACES, mode = ResourceAccessMode.READ)
  void inOneNamespaceTheyAreEnough(TestNamespace namespace, @TempDir Path folder) {
    var rendered = inOneNamespace(namespace);
    try (var installation = new Installation(namespace, rendered, folder)) {
      everythingWorks(installation);
    }
  }

  @Test
  @ResourceLock(ALL_NAMESPACES)
  void inAllNamespacesTheyAreEnough(
      Cluster cluster, TestNamespace namespace, @TempDir Path folder) {
    var rendered = Rendered.in(namespace.name(), "{}");
    try (var installation = new Installation(namespace, rendered, folder)) {
      everythingWorks(installation);

      var elsewhere = cluster.newNamespace("elsewhere").kubectl();
      elsewhere.apply(
          "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: far},"
              + " spec: {queuedDuration: 0s, inProgressDuration: 0s}}");
      elsewhere.get("wait", "aj/far", "--for=condition=Complete", "--timeout=60s");
    }
  }

  static Stream<Permission> permissions() {
    return Permission.ofOperator(Rendered.with("{asyncjob: {namespaces: [jobs]}}")).stream();
  }

  @ParameterizedTest
  @MethodSource("permissions")
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = ALL_NAMESPACES, mode = ResourceAccessMode.READ)
  void eachIsNeeded(Permission permission, Cluster cluster, @TempDir Path folder) {
    var flow = FLOWS.get(permission.verb() + " " + permission.resource());
    assertThat(flow)
        .as("what needs the permission, that without it the operator " + permission)
        .isNotNull();
    var namespace = cluster.newNamespace("without");
    try (var installation =
        new Installation(namespace, inOneNamespace(namespace), Optional.of(permission), folder)) {
      assertThatThrownBy(() -> flow.accept(installation)).isInstanceOf(AssertionError.class);
      installation.operator().awaitLog(refusal(permission), LIMIT);
    }
  }

  /** What the operator then logs; the answer to a watch that is refused says no more. */
  private static String refusal(Permission missing) {
    return missing.verb().equals("watch") ? "Received 403 on websocket" : missing.toString();
  }

  @Test
  @ResourceLock(ALL_NAMESPACES)
  void theAccountHasNoMore(Cluster cluster, @TempDir Path folder) {
    var here = cluster.newNamespace("here");
    here.kubectl().get("create", "serviceaccount", "nobody");
    var rendered = Rendered.in(here.name(), "{}");
    try (var installation = new Installation(here, rendered, folder);
        var operator = installation.as(Rendered.RELEASE);
        var nobody = installation.as("nobody")) {
      assertThat(more(operator, nobody, here.name())).isEqualTo(Permission.ofOperator(rendered));
      assertThat(more(operator, nobody, "default"))
          .extracting(Permission::toString)
          .containsExactlyInAnyOrder(
              "cannot list resource \"asyncjobs\"",
              "cannot watch resource \"asyncjobs\"",
              "cannot delete resource \"asyncjobs\"",
              "cannot update resource \"asyncjobs/status\"",
              "cannot create resource \"tokenreviews\"",
              "cannot create resource \"subjectaccessreviews\"");
    }
  }

  private static Rendered inOneNamespace(TestNamespace namespace) {
    return Rendered.in(
        namespace.name(), "{asyncjob: {namespaces: [%s]}}".formatted(namespace.name()));
  }

  private static void everythingWorks(Installation installation) {
    getsReady(installation);
    FLOWS.values().forEach(flow -> flow.accept(installation));
    followsEdits(installation);
    assertThat(installation.operator().log()).doesNotContain("cannot ", "ERROR");
  }

  private static void getsReady(Installation installation) {
    installation.await("ready", () -> installation.operator().log().contains("ready after "));
  }

  private static void completesAJob(Installation installation) {
    installation.apply("short", "{queuedDuration: 0s, inProgressDuration: 0s}");
    installation.await("short", "Completed");
  }

  private static void followsEdits(Installation installation) {
    var kubectl = installation.namespace().kubectl();
    installation.apply("edited", "{queuedDuration: 1h}");
    installation.await("edited", "Running");
    patch(kubectl, "{\"suspend\": true}");
    installation.await("edited", "Suspended");
    patch(kubectl, "{\"suspend\": false}");
    installation.await("edited", "Running");
    patch(kubectl, "{\"termination\": {}}");
    installation.await("edited", "Terminated");
    patch(kubectl, "{\"termination\": null, \"restartNonce\": 1, \"queuedDuration\": \"0s\"}");
    installation.await("edited", "Completed");
  }

  private static void patch(Kubectl kubectl, String spec) {
    kubectl.get("patch", "aj", "edited", "--type=merge", "--patch={\"spec\": " + spec + "}");
  }

  private static void deletesAJobInTime(Installation installation) {
    installation.apply(
        "gone", "{queuedDuration: 0s, inProgressDuration: 0s, ttlSecondsAfterFinished: 0}");
    installation.awaitDeletion("gone");
  }

  private static void leads(Installation installation) {
    installation.await("leads", () -> holder(installation) != null);
  }

  private static void goesOnLeading(Installation installation) {
    leads(installation);
    var first = renewed(installation);
    installation.await("renews the lease", () -> !Objects.equals(first, renewed(installation)));
  }

  private static void makesTheLeaseAgain(Installation installation) {
    leads(installation);
    lease(installation).delete();
    leads(installation);
  }

  private static String holder(Installation installation) {
    var lease = lease(installation).get();
    return lease == null ? null : lease.getSpec().getHolderIdentity();
  }

  private static Object renewed(Installation installation) {
    return lease(installation).get().getSpec().getRenewTime();
  }

  private static Resource<Lease> lease(Installation installation) {
    return installation.namespace().client().leases().withName(Rendered.RELEASE);
  }

  private static void listsOverHttp(Installation installation) {
    getsReady(installation);
    installation.call("GET", API + "/instances", "", 200);
  }

  private static void knowsOverHttpWhatIsNotThere(Installation installation) {
    getsReady(installation);
    installation.call("GET", API + "/instances/unknown", "", 404);
  }

  private static void startsOverHttp(Installation installation) {
    getsReady(installation);
    installation.call("POST", START + "started", "{\"QueuedDuration\":0}", 202);
  }

  private static void suspendsOverHttp(Installation installation) {
    installation.apply("long", "{queuedDuration: 1h}");
    installation.await("long", "Running");
    installation.call("POST", API + "/instances/long/suspend", "", 202);
    installation.await("long", "Suspended");
  }

  /** What one may do and the other may not, in a namespace. */
  private static Set<Permission> more(
      KubernetesClient one, KubernetesClient other, String namespace) {
    var more = new HashSet<>(permissions(one, namespace));
    more.removeAll(permissions(other, namespace));
    return more;
  }

  private static Set<Permission> permissions(KubernetesClient client, String namespace) {
    var review =
        new SelfSubjectRulesReviewBuilder()
            .withNewSpec()
            .withNamespace(namespace)
            .endSpec()
            .build();
    return client.resource(review).create().getStatus().getResourceRules().stream()
        .flatMap(Permission::of)
        .collect(Collectors.toSet());
  }
}
