package dev.asyncjob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ControlPlaneIT {

  private static ControlPlane controlPlane;
  private static Kubectl kubectl;

  // Of its own, not the shared one: its servers are stopped here.
  @BeforeAll
  static void start() {
    controlPlane = ControlPlane.start();
    kubectl = controlPlane.kubectl();
  }

  @AfterAll
  static void stop() {
    controlPlane.close();
    assertThat(controlPlane.kubeconfig().getParent()).doesNotExist();
  }

  @Test
  void serverAndKubectlAreOfTheVersionInGoMod() {
    var version = "v" + new GoModule(Project.path("src/controlplane")).kubernetesVersion();

    assertThat(kubectl.get("version"))
        .contains("Client Version: " + version)
        .contains("Server Version: " + version);
  }

  @Test
  void serviceAccountsGetTokensAndOnlyTheRightsTheyWereGiven() {
    kubectl.get("create", "serviceaccount", "reader");
    kubectl.get("create", "role", "reader", "--verb=get", "--resource=configmaps");
    kubectl.get(
        "create", "rolebinding", "reader", "--role=reader", "--serviceaccount=default:reader");
    var token = "--token=" + kubectl.get("create", "token", "reader").strip();

    assertThat(kubectl.run("auth", "can-i", "get", "configmaps", token).stdout())
        .isEqualTo("yes\n");
    assertThat(kubectl.run("auth", "can-i", "delete", "configmaps", token).stdout())
        .isEqualTo("no\n");
    assertThat(kubectl.run("auth", "whoami", token).stdout())
        .contains("system:serviceaccount:default:reader");
  }

  @Test
  void dataOutlivesAKilledEtcd() {
    kubectl.get("create", "configmap", "kept", "--from-literal=a=b");
    var port = controlPlane.etcd().port();

    controlPlane.etcd().kill();
    assertThat(Ports.isOpen(port)).isFalse();
    controlPlane.etcd().start();
    controlPlane.awaitReady();

    assertThat(controlPlane.etcd().port()).isEqualTo(port);
    assertThat(kubectl.get("get", "configmap", "kept", "-o=jsonpath={.data.a}")).isEqualTo("b");
  }

  @Test
  void aKilledApiServerStartsAgainForTheSameClients() {
    controlPlane.apiServer().kill();
    assertThat(kubectl.run("get", "namespaces").exitCode()).isNotZero();
    controlPlane.apiServer().start();
    controlPlane.awaitReady();

    assertThat(kubectl.get("get", "namespace", "default", "-o=name"))
        .isEqualTo("namespace/default\n");
  }

  @Test
  void aPausedApiServerDoesNotAnswerUntilItGoesOn() {
    controlPlane.apiServer().pause();
    var paused = kubectl.run("get", "namespaces", "--request-timeout=1s");
    controlPlane.apiServer().resume();

    assertThat(paused.exitCode()).isNotZero();
    assertThat(kubectl.get("get", "namespaces")).contains("default");
  }

  @Test
  void watchedLinesArriveAsTheyCome() throws InterruptedException {
    var lines = new LinkedBlockingQueue<String>();
    try (var watch =
        kubectl.stream(lines::add, "get", "configmaps", "-w", "--no-headers", "-o=name")) {
      kubectl.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: seen}}");

      var line = lines.poll(20, TimeUnit.SECONDS);
      while (line != null && !line.equals("configmap/seen")) {
        line = lines.poll(20, TimeUnit.SECONDS);
      }
      assertThat(line).isEqualTo("configmap/seen");
      assertThat(watch.isAlive()).isTrue();
    }
  }

  @Test
  void whatMustSucceedThrowsWithTheReason() {
    assertThatThrownBy(() -> kubectl.get("get", "configmap", "no-such"))
        .hasMessageContaining("kubectl get configmap no-such")
        .hasMessageContaining("NotFound");
  }
}
