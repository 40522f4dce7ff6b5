package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server takes what the chart renders, field by field. */
@ExtendWith(ClusterExtension.class)
class ManifestIT {
  private static final String EVERYTHING =
      """
      asyncjob:
        namespaces: [NAMESPACE]
        ttlSecondsAfterFinished: 3600
        httpAuth: key
        httpTaskHubs: [NAMESPACE]
      httpKeySecret: {name: keys}
      extraEnv: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
      extraVolumes: [{name: ca, configMap: {name: ca}}]
      extraVolumeMounts: [{name: ca, mountPath: /ca}]
      imagePullSecrets: [{name: pull}]
      serviceAccount: {annotations: {a: b}}
      podAnnotations: {a: b}
      podLabels: {a: b}
      priorityClassName: system-cluster-critical
      nodeSelector: {a: b}
      tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5}]
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]
      podDisruptionBudget: {maxUnavailable: 50%}
      service: {type: NodePort, annotations: {a: b}}
      ingress:
        enabled: true
        className: nginx
        annotations: {a: b}
        tls: [{secretName: tls, hosts: [jobs.example.com]}]
      networkPolicy:
        enabled: true
        httpFrom: [{namespaceSelector: {}}]
        managementFrom: [{ipBlock: {cidr: 10.0.0.0/8}}]
        egress: [{ports: [{port: 443}]}]
      grafanaDashboard: {enabled: true, annotations: {a: b}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        EVERYTHING,
        "{replicaCount: 1, asyncjob: {leaderElection: false, http: false}, jvmOptions: ''}",
        "{networkPolicy: {enabled: true}, topologySpreadConstraints: []}"
      })
  void everyObjectIsValid(String values, TestNamespace namespace, @TempDir Path folder) {
    var rendered =
        Rendered.withTest(namespace.name(), values.replace("NAMESPACE", namespace.name()), folder);

    var result =
        namespace
            .kubectl()
            .runWithInput(
                rendered.yaml(), "create", "--dry-run=server", "--validate=strict", "-f", "-");

    assertThat(result.stderr()).isEmpty();
    assertThat(result.stdout().lines()).hasSameSizeAs(rendered.objects());
  }

  @Test
  void aRestrictedNamespaceTakesThePods(TestNamespace namespace, @TempDir Path folder) {
    var kubectl = namespace.kubectl();
    kubectl.get(
        "label",
        "namespace",
        namespace.name(),
        "pod-security.kubernetes.io/enforce=restricted",
        "pod-security.kubernetes.io/enforce-version=latest");
    var rendered =
        Rendered.withTest(
            namespace.name(), EVERYTHING.replace("NAMESPACE", namespace.name()), folder);
    var template = rendered.the(Deployment.class).getSpec().getTemplate();
    var operator =
        new PodBuilder()
            .withMetadata(template.getMetadata())
            .withSpec(template.getSpec())
            .editMetadata()
            .withName("operator")
            .withNamespace(namespace.name())
            .endMetadata()
            .build();
    for (var pod : new Pod[] {operator, rendered.the(Pod.class)}) {
      assertThat(namespace.client().resource(pod).create().getSpec().getContainers()).hasSize(1);
    }

    var careless =
        new PodBuilder(operator)
            .editMetadata()
            .withName("careless")
            .endMetadata()
            .editSpec()
            .withSecurityContext(null)
            .endSpec()
            .build();
    assertThatThrownBy(() -> namespace.client().resource(careless).create())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("violates PodSecurity \"restricted:latest\"");
  }

  @Test
  void theExamplesOfTheCatalogueAreValid(TestNamespace namespace) throws IOException {
    var yaml = new YAMLMapper();
    var examples = MetadataTest.annotation("artifacthub.io/crdsExamples");
    assertThat(examples).isNotEmpty();
    for (var example : examples) {
      namespace.kubectl().apply(yaml.writeValueAsString(example));
    }
    assertThat(
            namespace
                .kubectl()
                .get("get", "asyncjobs", "-o=name")
                .lines()
                .collect(Collectors.toSet()))
        .hasSameSizeAs(examples);
  }
}
