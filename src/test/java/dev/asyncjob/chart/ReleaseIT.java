package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import dev.asyncjob.cluster.ControlPlane;
import org.junit.jupiter.api.Test;

/** A life of a release, by Helm, in a cluster that has never seen the definition. */
class ReleaseIT {
  private static final String NAMESPACE = "asyncjob";

  /** With a slash at the end, for kubectl does not follow a link to a folder. */
  private static final String CRDS = Rendered.CHART.resolve("crds") + "/";

  @Test
  void itIsInstalledUpgradedAndUninstalledAndTheJobsStay() {
    try (var controlPlane = ControlPlane.start()) {
      var kubectl = controlPlane.kubectl().inNamespace(NAMESPACE);
      var config = controlPlane.kubeconfig();

      var installed =
          new Helm(Rendered.CHART)
              .install()
              .withName(Rendered.RELEASE)
              .withNamespace(NAMESPACE)
              .createNamespace()
              .withKubeConfig(config)
              .call();

      assertDeployed(installed);
      kubectl.get("wait", "crd/asyncjobs.asyncjob.dev", "--for=condition=Established");
      kubectl.apply("{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: x}, spec: {}}");

      var held = "{\"spec\": {\"holderIdentity\": \"someone\", \"leaseDurationSeconds\": 6}}";
      kubectl.get("patch", "lease", "asyncjob", "--type=merge", "--patch=" + held);

      // As README.md and the notes say, before an upgrade.
      kubectl.get("apply", "--server-side", "--force-conflicts", "-f", CRDS);
      kubectl.get("apply", "--server-side", "-f", CRDS);
      var upgraded =
          new Helm(Rendered.CHART)
              .upgrade()
              .withName(Rendered.RELEASE)
              .withNamespace(NAMESPACE)
              .set("asyncjob.queuedDurationSec", 7)
              .set("asyncjob.namespaces[0]", NAMESPACE)
              .withKubeConfig(config)
              .call();

      assertDeployed(upgraded);
      assertThat(kubectl.get("get", "deployment", "asyncjob", "-o=jsonpath={..args}"))
          .contains("--queued-duration-sec=7", "--namespaces=asyncjob");
      assertThat(kubectl.get("get", "lease", "asyncjob", "-o=jsonpath={.spec.holderIdentity}"))
          .isEqualTo("someone");
      assertThat(kubectl.get("get", "role", "asyncjob", "-o=name")).contains("asyncjob");
      assertThat(kubectl.run("get", "clusterrole", "asyncjob-asyncjob").exitCode())
          .as("the rights in all namespaces are gone")
          .isEqualTo(1);

      Helm.uninstall(Rendered.RELEASE).withNamespace(NAMESPACE).withKubeConfig(config).call();

      assertThat(
              kubectl.get(
                  "get",
                  "all,serviceaccounts,roles,rolebindings,clusterroles,clusterrolebindings,"
                      + "poddisruptionbudgets,secrets,leases",
                  "--selector=app.kubernetes.io/managed-by=Helm",
                  "-o=name"))
          .isEmpty();
      assertThat(kubectl.get("get", "asyncjobs", "-o=name")).contains("asyncjob.asyncjob.dev/x");
    }
  }

  private static void assertDeployed(Release release) {
    assertThat(release.getStatus()).isEqualTo("deployed");
    assertThat(release.getOutput())
        .contains("rollout status deployment/asyncjob", "helm -n asyncjob test asyncjob")
        .doesNotContain("%!", "<no value>");
  }
}
