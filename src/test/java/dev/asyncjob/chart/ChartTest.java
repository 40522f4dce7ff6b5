package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import dev.asyncjob.settings.Request;
import dev.asyncjob.settings.Settings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {
  private static final String COMPONENT = "app.kubernetes.io/component";

  @Test
  void helmHasNothingToSay() {
    var lint = new Helm(Rendered.CHART).lint().strict().call();
    assertThat(lint.getMessages()).isEmpty();
    assertThat(lint.isFailed()).isFalse();
  }

  @Test
  void byDefaultAStandbyIsThere() {
    var rendered = Rendered.with("{}");

    var deployment = rendered.the(Deployment.class).getSpec();
    assertThat(deployment.getReplicas()).isEqualTo(2);
    assertThat(deployment.getStrategy().getType()).isEqualTo("RollingUpdate");
    assertThat(settings(rendered).leaderElection()).isTrue();
    assertThat(settings(rendered).leaseName()).isEqualTo("asyncjob");
    var budget = rendered.the(PodDisruptionBudget.class).getSpec();
    assertThat(budget.getMaxUnavailable().getIntVal()).isEqualTo(1);
    assertThat(budget.getSelector()).isEqualTo(deployment.getSelector());
    assertThat(deployment.getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(deployment.getSelector().getMatchLabels());
    assertThat(rendered.objects())
        .extracting(HasMetadata::getKind)
        .doesNotContain(
            "Ingress",
            "HTTPRoute",
            "NetworkPolicy",
            "ServiceMonitor",
            "PrometheusRule",
            "ConfigMap");
  }

  @Test
  void aSingleOperatorNeedsNoElection() {
    var rendered = Rendered.with("{replicaCount: 1, asyncjob: {leaderElection: false}}");

    assertThat(rendered.the(Deployment.class).getSpec().getStrategy().getType())
        .isEqualTo("Recreate");
    assertThat(settings(rendered).leaderElection()).isFalse();
    assertThat(rendered.all(PodDisruptionBudget.class)).isEmpty();
    assertThat(rendered.all(Lease.class)).isEmpty();
    assertThat(rendered.all(Role.class))
        .extracting(role -> role.getMetadata().getName())
        .containsExactly("asyncjob-http");
  }

  @Test
  void everySettingReachesTheProgram() {
    var rendered =
        Rendered.with(
            """
            asyncjob:
              queuedDurationSec: 0.5
              inProgressDurationSec: 3600000
              ttlSecondsAfterFinished: 2147483647
              namespaces: [team-a, team-b]
              leaderElection: true
              leaseNamespace: team-a
              leaseName: the-lease
              http: true
              httpAddress: "[::]:9080"
              httpAuth: key
              httpKeyFile: /keys/all
              httpNamespace: team-a
              httpTaskHubs: [team-a, team-b]
              httpExternalUrl: https://jobs.example.com/x
              httpTrustForwarded: true
              managementAddress: 0.0.0.0:9081
              logFormat: json
              logLevel: debug
            """);
    var settings = settings(rendered);

    assertThat(settings.defaults().queuedDuration()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.defaults().inProgressDuration()).isEqualTo(Duration.ofHours(1_000));
    assertThat(settings.defaults().timeToLive()).contains(Duration.ofSeconds(Integer.MAX_VALUE));
    assertThat(settings.namespaces()).containsExactly("team-a", "team-b");
    assertThat(settings.leaderElection()).isTrue();
    assertThat(settings.leaseNamespace()).contains("team-a");
    assertThat(settings.leaseName()).isEqualTo("the-lease");
    assertThat(settings.http()).isTrue();
    assertThat(settings.httpAddress()).isEqualTo(address("[::]", 9080));
    assertThat(settings.httpAuth()).isEqualTo(Settings.HttpAuthMode.key);
    assertThat(settings.httpKeyFile()).contains(Path.of("/keys/all"));
    assertThat(settings.httpNamespace()).contains("team-a");
    assertThat(settings.httpTaskHubs()).containsExactly("team-a", "team-b");
    assertThat(settings.httpExternalUrl()).contains(URI.create("https://jobs.example.com/x"));
    assertThat(settings.httpTrustForwarded()).isTrue();
    assertThat(settings.managementAddress()).isEqualTo(address("0.0.0.0", 9081));
    assertThat(settings.logFormat()).isEqualTo(Settings.LogFormat.json);
    assertThat(settings.logLevel()).isEqualTo(Settings.LogLevel.debug);
    assertThat(operator(rendered).getPorts())
        .extracting(port -> port.getName() + port.getContainerPort())
        .containsExactly("http9080", "management9081");
  }

  @Test
  void whatIsNotSetIsLeftToTheProgram() {
    var settings = settings(Rendered.with("{}"));

    assertThat(settings.defaults().timeToLive()).isEmpty();
    assertThat(settings.namespaces()).isEmpty();
    assertThat(settings.leaseNamespace()).isEmpty();
    assertThat(settings.httpKeyFile()).isEmpty();
    assertThat(settings.httpNamespace()).isEmpty();
    assertThat(settings.httpTaskHubs()).isEmpty();
    assertThat(settings.httpExternalUrl()).isEmpty();
  }

  @Test
  void thePodIsRestricted() {
    var pod = podSpec(Rendered.with("{}"));
    var container = pod.getContainers().get(0);

    assertThat(pod.getAutomountServiceAccountToken()).isTrue();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getVolumeMounts())
        .singleElement()
        .satisfies(mount -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
    assertThat(pod.getVolumes().get(0).getEmptyDir()).isNotNull();
    assertThat(container.getResources().getLimits()).doesNotContainKey("cpu");
    assertThat(Rendered.with("{}").the(ServiceAccount.class).getAutomountServiceAccountToken())
        .isFalse();
  }

  @Test
  void theProbesAskTheManagementPort() {
    var container = operator(Rendered.with("{readinessProbe: {periodSeconds: 7}}"));

    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
    assertThat(container.getReadinessProbe().getPeriodSeconds()).isEqualTo(7);
    assertThat(
            List.of(
                container.getStartupProbe(),
                container.getLivenessProbe(),
                container.getReadinessProbe()))
        .allSatisfy(
            probe -> assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management"));
  }

  @Test
  void thePodIsAsTheValuesSay() {
    var rendered =
        Rendered.with(
            """
            image: {repository: example.com/job, digest: "sha256:%s", pullPolicy: Always}
            imagePullSecrets: [{name: pull}]
            jvmOptions: -Xmx128m -Da="b c"
            extraEnv: [{name: A, value: "1"}]
            extraVolumes: [{name: ca, configMap: {name: ca}}]
            extraVolumeMounts: [{name: ca, mountPath: /ca}]
            resources: {limits: {memory: 1Gi}}
            podAnnotations: {a: "1"}
            podLabels: {b: "2", app.kubernetes.io/component: other}
            priorityClassName: high
            nodeSelector: {disk: ssd}
            tolerations: [{key: k, operator: Exists}]
            affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}
            topologySpreadConstraints:
              - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}
              - {maxSkew: 2, topologyKey: x, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {a: b}}}
            """
                .formatted("0".repeat(64)));
    var deployment = rendered.the(Deployment.class).getSpec();
    var metadata = deployment.getTemplate().getMetadata();
    var pod = podSpec(rendered);
    var container = pod.getContainers().get(0);

    assertThat(container.getImage()).isEqualTo("example.com/job@sha256:" + "0".repeat(64));
    assertThat(container.getImagePullPolicy()).isEqualTo("Always");
    assertThat(pod.getImagePullSecrets().get(0).getName()).isEqualTo("pull");
    assertThat(container.getEnv())
        .extracting(EnvVar::getName, EnvVar::getValue)
        .containsExactly(tuple("JAVA_TOOL_OPTIONS", "-Xmx128m -Da=\"b c\""), tuple("A", "1"));
    assertThat(pod.getVolumes())
        .extracting(volume -> volume.getName())
        .containsExactly("tmp", "ca");
    assertThat(container.getVolumeMounts())
        .extracting(mount -> mount.getMountPath())
        .containsExactly("/tmp", "/ca");
    assertThat(container.getResources().getLimits().get("memory").toString()).isEqualTo("1Gi");
    assertThat(metadata.getAnnotations()).containsEntry("a", "1");
    assertThat(metadata.getLabels())
        .containsEntry("b", "2")
        .containsAllEntriesOf(deployment.getSelector().getMatchLabels());
    assertThat(pod.getPriorityClassName()).isEqualTo("high");
    assertThat(pod.getNodeSelector()).containsEntry("disk", "ssd");
    assertThat(pod.getTolerations()).singleElement().extracting("key").isEqualTo("k");
    assertThat(pod.getAffinity().getNodeAffinity()).isNotNull();
    assertThat(pod.getTopologySpreadConstraints())
        .extracting(constraint -> constraint.getLabelSelector().getMatchLabels())
        .containsExactly(deployment.getSelector().getMatchLabels(), Map.of("a", "b"));
  }

  @Test
  void withoutHttpNothingOfItIsThere() {
    var rendered = Rendered.with("{asyncjob: {http: false}}");

    assertThat(settings(rendered).http()).isFalse();
    assertThat(rendered.all(Service.class))
        .extracting(service -> service.getMetadata().getName())
        .containsExactly("asyncjob-management");
    assertThat(operator(rendered).getPorts())
        .extracting(port -> port.getName())
        .containsExactly("management");
    assertThat(rendered.all(Role.class))
        .extracting(role -> role.getMetadata().getName())
        .containsExactly("asyncjob-lease");
    assertThat(rendered.all(ClusterRole.class))
        .extracting(role -> role.getMetadata().getName())
        .containsExactlyInAnyOrder("jobs-asyncjob", "jobs-asyncjob-view", "jobs-asyncjob-edit");
  }

  @Test
  void theKeysComeFromASecret() {
    var rendered =
        Rendered.with("{asyncjob: {httpAuth: key}, httpKeySecret: {name: mine, key: all.txt}}");

    var file = settings(rendered).httpKeyFile().orElseThrow();
    var mount = operator(rendered).getVolumeMounts().get(1);
    var volume = podSpec(rendered).getVolumes().get(1);
    assertThat(file).isEqualTo(Path.of(mount.getMountPath(), "all.txt"));
    // A mount of a single file would not follow the Secret.
    assertThat(mount.getSubPath()).isNull();
    assertThat(mount.getName()).isEqualTo(volume.getName());
    assertThat(volume.getSecret().getSecretName()).isEqualTo("mine");
    assertThat(volume.getSecret().getItems().get(0).getKey()).isEqualTo("all.txt");
    assertThat(rendered.all(ClusterRole.class))
        .extracting(role -> role.getMetadata().getName())
        .doesNotContain("jobs-asyncjob-auth");
  }

  @Test
  void inSomeNamespacesTheRulesAreTheSameAsInAll() {
    var everywhere = Rendered.with("{}");
    var here =
        Rendered.with(
            "{asyncjob: {namespaces: [a, b], httpNamespace: b, httpTaskHubs: [a, b], httpAuth: anonymous},"
                + " rbac: {aggregate: false}}");

    var rules = everywhere.the(ClusterRole.class, "jobs-asyncjob").getRules();
    var roles = here.all(Role.class).stream().filter(role -> name(role).equals("asyncjob"));
    assertThat(roles)
        .hasSize(2)
        .allSatisfy(role -> assertThat(role.getRules()).isEqualTo(rules))
        .extracting(role -> role.getMetadata().getNamespace())
        .containsExactly("a", "b");
    assertThat(here.all(Role.class).stream().filter(role -> name(role).equals("asyncjob-http")))
        .extracting(role -> role.getMetadata().getNamespace())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(here.all(ClusterRole.class)).isEmpty();
    assertThat(here.all(ClusterRoleBinding.class)).isEmpty();
  }

  @Test
  void everyRoleIsBoundToTheOperatorsAccount() {
    var rendered = Rendered.with("{serviceAccount: {create: false, name: mine}}");

    assertThat(rendered.all(ServiceAccount.class)).isEmpty();
    assertThat(podSpec(rendered).getServiceAccountName()).isEqualTo("mine");
    assertThat(rendered.all(RoleBinding.class))
        .hasSameSizeAs(rendered.all(Role.class))
        .allSatisfy(
            binding -> {
              assertThat(binding.getRoleRef().getName()).isEqualTo(name(binding));
              assertThat(binding.getSubjects())
                  .singleElement()
                  .extracting("name")
                  .isEqualTo("mine");
            });
    assertThat(rendered.all(ClusterRoleBinding.class))
        .extracting(binding -> binding.getRoleRef().getName())
        .containsExactlyInAnyOrder("jobs-asyncjob", "jobs-asyncjob-auth");
    assertThat(Rendered.with("{rbac: {create: false, aggregate: false}}").objects())
        .noneMatch(object -> object.getApiVersion().startsWith("rbac"));
  }

  @Test
  void theLeaseIsTheOneThatTheOperatorAsksFor() {
    var rendered = Rendered.with("{asyncjob: {leaseName: x.y, leaseNamespace: elsewhere}}");

    var role = rendered.the(Role.class, "asyncjob-lease");
    assertThat(role.getMetadata().getNamespace()).isEqualTo("elsewhere");
    assertThat(role.getRules().get(1).getResourceNames()).containsExactly("x.y");
    var lease = rendered.the(Lease.class);
    assertThat(name(lease)).isEqualTo("x.y");
    assertThat(lease.getMetadata().getNamespace()).isEqualTo("elsewhere");
    assertThat(lease.getSpec()).as("an upgrade takes it from nobody").isNull();
    assertThat(settings(rendered).leaseName()).isEqualTo("x.y");
  }

  @Test
  void releasesDoNotMeet() {
    var names = List.of(clusterWide("x", "a"), clusterWide("x", "b"), clusterWide("y", "a"));
    assertThat(names.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    assertThat(name(Rendered.as("x", "a", "{}").the(Deployment.class)))
        .isEqualTo("x-asyncjob-operator");
    assertThat(name(Rendered.as("x", "a", "{fullnameOverride: z}").the(Deployment.class)))
        .isEqualTo("z");
    assertThat(name(Rendered.as("x", "a", "{nameOverride: z}").the(Deployment.class)))
        .isEqualTo("x-z");
    var longest = Rendered.as("r".repeat(53), "n".repeat(63), "{}");
    assertThat(longest.objects())
        .filteredOn(object -> !object.getApiVersion().startsWith("rbac"))
        .allSatisfy(object -> assertThat(name(object)).hasSizeLessThan(64));
  }

  @Test
  void peopleMayNotWriteTheStatus() {
    var rendered = Rendered.with("{}");
    var view = rendered.the(ClusterRole.class, "jobs-asyncjob-view");
    var edit = rendered.the(ClusterRole.class, "jobs-asyncjob-edit");

    assertThat(view.getMetadata().getLabels())
        .containsEntry("rbac.authorization.k8s.io/aggregate-to-view", "true");
    assertThat(view.getRules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getResources()).containsExactly("asyncjobs");
              assertThat(rule.getVerbs()).containsExactly("get", "list", "watch");
            });
    assertThat(edit.getMetadata().getLabels())
        .containsEntry("rbac.authorization.k8s.io/aggregate-to-edit", "true");
    assertThat(edit.getRules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getResources()).containsExactly("asyncjobs");
              assertThat(rule.getVerbs()).containsExactly("create", "patch", "update", "delete");
            });
  }

  @Test
  void theServicesReachTheOperatorOnly(@TempDir Path folder) {
    var rendered =
        Rendered.withTest(
            "jobs", "{service: {type: LoadBalancer, port: 8088, annotations: {a: b}}}", folder);

    var http = rendered.the(Service.class, "asyncjob");
    var management = rendered.the(Service.class, "asyncjob-management");
    assertThat(http.getSpec().getType()).isEqualTo("LoadBalancer");
    assertThat(http.getMetadata().getAnnotations()).containsEntry("a", "b");
    assertThat(http.getSpec().getPorts())
        .singleElement()
        .satisfies(
            port -> {
              assertThat(port.getPort()).isEqualTo(8088);
              assertThat(port.getTargetPort().getStrVal()).isEqualTo("http");
            });
    assertThat(management.getSpec().getType()).isNull();
    assertThat(management.getSpec().getPorts().get(0).getTargetPort().getStrVal())
        .isEqualTo("management");
    var labels = rendered.the(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();
    var ofTest = rendered.the(Pod.class).getMetadata().getLabels();
    for (var service : List.of(http, management)) {
      assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector());
      assertThat(ofTest)
          .doesNotContain(entry(COMPONENT, service.getSpec().getSelector().get(COMPONENT)));
    }
  }

  @Test
  void theTestCallsTheServicesAsTheyAre(@TempDir Path folder) throws IOException {
    var pod = Rendered.withTest("jobs", "{}", Files.createDirectory(folder.resolve("a")));
    assertThat(pod.the(Pod.class).getSpec().getContainers().get(0).getArgs())
        .containsExactly(
            "http://asyncjob-management:8081/readyz",
            "http://asyncjob:80",
            "--bearer-file=/var/run/secrets/kubernetes.io/serviceaccount/token");
    assertThat(pod.the(Pod.class).getSpec().getAutomountServiceAccountToken()).isTrue();

    var key =
        Rendered.withTest(
                "jobs",
                "{asyncjob: {httpAuth: key}, httpKeySecret: {name: mine}, service: {port: 81}}",
                Files.createDirectory(folder.resolve("b")))
            .the(Pod.class)
            .getSpec();
    assertThat(key.getContainers().get(0).getArgs())
        .containsExactly(
            "http://asyncjob-management:8081/readyz",
            "http://asyncjob:81",
            "--key-file=/etc/asyncjob/http/keys");
    assertThat(key.getVolumes().get(1).getSecret().getSecretName()).isEqualTo("mine");
    assertThat(key.getAutomountServiceAccountToken()).isFalse();

    var none =
        Rendered.withTest(
            "jobs", "{asyncjob: {http: false}}", Files.createDirectory(folder.resolve("c")));
    assertThat(none.the(Pod.class).getSpec().getContainers().get(0).getArgs())
        .containsExactly("http://asyncjob-management:8081/readyz");
  }

  @Test
  void theNetworkPolicyLetsInWhomTheValuesName() {
    var open = Rendered.with("{networkPolicy: {enabled: true}}").the(NetworkPolicy.class).getSpec();
    assertThat(open.getPolicyTypes()).containsExactly("Ingress");
    assertThat(open.getIngress())
        .extracting(rule -> rule.getPorts().get(0).getPort().getStrVal())
        .containsExactly("http", "management");
    assertThat(open.getIngress()).allSatisfy(rule -> assertThat(rule.getFrom()).isEmpty());

    var closed =
        Rendered.with(
                """
                networkPolicy:
                  enabled: true
                  httpFrom: [{namespaceSelector: {matchLabels: {a: b}}}]
                  managementFrom: [{ipBlock: {cidr: 10.0.0.0/8}}]
                  egress: [{ports: [{port: 443}]}]
                """)
            .the(NetworkPolicy.class)
            .getSpec();
    assertThat(closed.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(closed.getEgress().get(0).getPorts().get(0).getPort().getIntVal()).isEqualTo(443);
    assertThat(closed.getIngress())
        .allSatisfy(
            rule ->
                assertThat(rule.getFrom().get(1).getPodSelector().getMatchLabels())
                    .as("helm test is let in")
                    .containsEntry(COMPONENT, "test"));
    assertThat(closed.getIngress().get(0).getFrom().get(0).getNamespaceSelector()).isNotNull();
    assertThat(closed.getIngress().get(1).getFrom().get(0).getIpBlock()).isNotNull();
  }

  @Test
  void theWorldComesInByAnIngressOrAnHttpRoute() {
    var rendered =
        Rendered.with(
            """
            service: {port: 8088}
            ingress:
              enabled: true
              className: nginx
              annotations: {a: b}
              hosts: [{host: a.example.com, paths: [{path: /api, pathType: Prefix}]}]
              tls: [{secretName: tls, hosts: [a.example.com]}]
            httpRoute:
              enabled: true
              parentRefs: [{name: gateway, namespace: infra}]
              hostnames: [a.example.com]
            """);

    var ingress = rendered.the(Ingress.class).getSpec();
    assertThat(ingress.getIngressClassName()).isEqualTo("nginx");
    assertThat(ingress.getTls().get(0).getSecretName()).isEqualTo("tls");
    var rule = ingress.getRules().get(0);
    assertThat(rule.getHost()).isEqualTo("a.example.com");
    assertThat(rule.getHttp().getPaths().get(0).getPath()).isEqualTo("/api");
    var backend = rule.getHttp().getPaths().get(0).getBackend().getService();
    assertThat(backend.getName()).isEqualTo("asyncjob");
    assertThat(backend.getPort().getName()).isEqualTo("http");

    var route = rendered.the(HTTPRoute.class).getSpec();
    assertThat(route.getParentRefs().get(0).getNamespace()).isEqualTo("infra");
    assertThat(route.getHostnames()).containsExactly("a.example.com");
    var reference = route.getRules().get(0).getBackendRefs().get(0);
    assertThat(reference.getName()).isEqualTo("asyncjob");
    assertThat(reference.getPort()).isEqualTo(8088);
  }

  @Test
  void prometheusAndGrafanaFindTheirPart() throws IOException {
    var rendered =
        Rendered.with(
            """
            serviceMonitor: {enabled: true, interval: 15s, labels: {release: prometheus}}
            prometheusRule: {enabled: true, labels: {release: prometheus}}
            grafanaDashboard: {enabled: true, annotations: {folder: jobs}}
            """);

    var monitor = rendered.the(ServiceMonitor.class);
    assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
    var management = rendered.the(Service.class, "asyncjob-management");
    assertThat(management.getMetadata().getLabels())
        .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
    assertThat(rendered.the(Service.class, "asyncjob").getMetadata().getLabels())
        .as("metrics are scraped once")
        .doesNotContainKey(COMPONENT);
    var endpoint = monitor.getSpec().getEndpoints().get(0);
    assertThat(endpoint.getPort()).isEqualTo(management.getSpec().getPorts().get(0).getName());
    assertThat(endpoint.getInterval()).isEqualTo("15s");

    var rule = rendered.the(PrometheusRule.class);
    assertThat(rule.getMetadata().getLabels()).containsEntry("release", "prometheus");
    var yaml = new YAMLMapper();
    assertThat(yaml.readTree(Serialization.asYaml(rule.getSpec())))
        .isEqualTo(yaml.readTree(file("files/alerts.yaml")));

    var dashboard = rendered.the(ConfigMap.class);
    assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    assertThat(dashboard.getMetadata().getAnnotations()).containsEntry("folder", "jobs");
    assertThat(yaml.readTree(dashboard.getData().get("asyncjob.json")))
        .isEqualTo(yaml.readTree(file("files/dashboard.json")));
  }

  @Test
  void theKindsThatNeedOperatorsOfTheirOwnHaveNoFieldTheyDoNotKnow() throws IOException {
    var strict =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(
                new JacksonAnnotationIntrospector() {
                  @Override
                  public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                  }
                })
            .build();
    var kinds =
        Rendered.with(
                """
                serviceMonitor: {enabled: true}
                prometheusRule: {enabled: true}
                httpRoute: {enabled: true, hostnames: [x], parentRefs: [{name: gateway}]}
                """)
            .objects()
            .stream()
            .filter(
                object ->
                    List.of("ServiceMonitor", "PrometheusRule", "HTTPRoute")
                        .contains(object.getKind()))
            .toList();
    assertThat(kinds).hasSize(3);
    for (var object : kinds) {
      strict.readValue(Serialization.asJson(object), object.getClass());
    }
  }

  @Test
  void itMayBePartOfAnotherChart() {
    assertThat(Rendered.with("{global: {team: a}}").yaml()).isEqualTo(Rendered.with("{}").yaml());
  }

  private static List<String> clusterWide(String release, String namespace) {
    return Rendered.as(release, namespace, "{}").objects().stream()
        .filter(object -> object.getMetadata().getNamespace() == null)
        .map(object -> object.getKind() + "/" + name(object))
        .toList();
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }

  private static PodSpec podSpec(Rendered rendered) {
    return rendered.the(Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static Container operator(Rendered rendered) {
    return podSpec(rendered).getContainers().get(0);
  }

  private static Settings settings(Rendered rendered) {
    var request = Request.read(operator(rendered).getArgs(), Map.of());
    assertThat(request).isInstanceOf(Request.Run.class);
    return ((Request.Run) request).settings();
  }

  private static InetSocketAddress address(String host, int port) {
    return InetSocketAddress.createUnresolved(host, port);
  }

  private static String file(String path) throws IOException {
    return Files.readString(Rendered.CHART.resolve(path));
  }
}
