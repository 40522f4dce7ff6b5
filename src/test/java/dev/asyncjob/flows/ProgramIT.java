package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ClusterExtension.class)
class ProgramIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Flow
  void aBadOptionIsNamedInOneLine(TestNamespace namespace) throws Exception {
    try (var operator = namespace.startOperator(Map.of(), "--ttl-seconds-after-finished=-1")) {
      assertThat(exitCode(operator)).isEqualTo(2);
      assertThat(operator.log().lines())
          .singleElement()
          .asString()
          .contains("--ttl-seconds-after-finished", "'-1'", "from 0 to 2147483647");
    }
  }

  @Flow
  void aBadVariableIsNamedInOneLine(TestNamespace namespace) throws Exception {
    try (var operator = namespace.startOperator(Map.of("ASYNCJOB_LOG_LEVEL", "loud"))) {
      assertThat(exitCode(operator)).isEqualTo(2);
      assertThat(operator.log().lines())
          .singleElement()
          .asString()
          .contains("ASYNCJOB_LOG_LEVEL", "'loud'", "error, warn, info, debug, trace");
    }
  }

  @Flow
  void anUnknownOptionIsNamedInOneLine(TestNamespace namespace) throws Exception {
    try (var operator = namespace.startOperator(Map.of(), "--queued-duration=1")) {
      assertThat(exitCode(operator)).isEqualTo(2);
      assertThat(operator.log().lines()).singleElement().asString().contains("--queued-duration=1");
    }
  }

  @Flow
  void helpAndVersionAreNoFault(TestNamespace namespace) throws Exception {
    try (var help = namespace.startOperator(Map.of(), "--help");
        var version = namespace.startOperator(Map.of(), "--version")) {
      assertThat(exitCode(help)).isZero();
      assertThat(help.log()).contains("--queued-duration-sec", "ASYNCJOB_NAMESPACES");
      assertThat(exitCode(version)).isZero();
      assertThat(version.log()).startsWith("asyncjob-operator ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  @Execution(ExecutionMode.CONCURRENT)
  void aSignalEndsItWellInTheMidstOfWrites(String signal, TestNamespace namespace)
      throws Exception {
    try (var jobs = Jobs.in(namespace)) {
      try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
        jobs.createMany(
            10, i -> "{queuedDuration: %dms, inProgressDuration: 200ms}".formatted(i * 50));
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + operator.pid()).start().waitFor();

        assertThat(exitCode(operator)).isZero();
        assertThat(operator.log().lines().toList()).last().asString().endsWith("exit code 0");
        assertThat(operator.logSinceReady()).doesNotContain("WARN", "ERROR", "Exception");
      }
      try (var operator = namespace.startOperator(Map.of())) {
        for (int i = 0; i < 10; i++) {
          jobs.await("x" + i, "Completed/Completed");
          assertThat(jobs.states("x" + i)).hasSize(4).doesNotHaveDuplicates();
        }
        assertThat(operator.isAlive()).isTrue();
      }
    }
  }

  @Flow
  void aRequestUnderWayIsAnsweredBeforeTheEnd(TestNamespace namespace) throws Exception {
    try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
      var start = "/runtime/webhooks/durabletask/orchestrators/AsyncJobOrchestrator/waited-for";
      var request =
          HttpRequest.newBuilder(operator.http().resolve(start + "?timeout=300&pollingInterval=1"))
              .POST(BodyPublishers.ofString("{\"QueuedDuration\":300}"));
      var answer = HttpClient.newHttpClient().sendAsync(request.build(), BodyHandlers.ofString());
      operator.awaitLog("None -> Queued", LIMIT);

      assertThat(operator.terminate(LIMIT)).isZero();

      assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(202);
    }
  }

  @Flow
  void anHttpNamespaceThatIsNotWatchedIsWarnedOf(TestNamespace namespace) {
    var settings = Map.of("ASYNCJOB_HTTP_NAMESPACE", "elsewhere");
    try (var operator = namespace.startOperator(settings).awaitReady()) {
      assertThat(operator.log().lines().filter(line -> line.contains("--namespaces")))
          .singleElement()
          .asString()
          .contains("WARN  jobs", "in namespace elsewhere wait for another operator");
    }
  }

  /** As for kubectl, and as most kubeconfigs are. */
  @Flow
  void aKubeconfigWithoutNamespaceMeansDefault(TestNamespace namespace, @TempDir Path folder)
      throws Exception {
    var named = Files.readString(namespace.cluster().controlPlane().kubeconfig());
    var unnamed = named.replaceAll("(?m)^ +namespace: default\n", "");
    assertThat(unnamed).isNotEqualTo(named);
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), unnamed).toString();
    var settings =
        Map.of(
            "KUBECONFIG",
            kubeconfig,
            "ASYNCJOB_LEADER_ELECTION",
            "true",
            "ASYNCJOB_LEASE_NAME",
            namespace.name(),
            "ASYNCJOB_HTTP_NAMESPACE",
            "");
    try (var operator = namespace.startOperator(settings).awaitReady()) {
      operator.awaitLog("the leader is", LIMIT);
      assertThat(operator.log()).contains("HTTP API at", ", for namespace default,");
    }
  }

  @Flow
  void aRefusedCredentialEndsItAtOnce(TestNamespace namespace, @TempDir Path folder)
      throws Exception {
    var kubeconfig = withToken(namespace.cluster(), "wrong", folder);
    try (var operator = namespace.startOperator(Map.of("KUBECONFIG", kubeconfig))) {
      assertThat(exitCode(operator)).isEqualTo(1);
      assertLastLine(operator, "does not let the operator read jobs");
    }
  }

  @Flow
  void aUserWithoutRightsEndsItAtOnce(TestNamespace namespace, @TempDir Path folder)
      throws Exception {
    namespace.kubectl().get("create", "serviceaccount", "nobody");
    var token = namespace.kubectl().get("create", "token", "nobody").strip();
    var kubeconfig = withToken(namespace.cluster(), token, folder);
    try (var operator = namespace.startOperator(Map.of("KUBECONFIG", kubeconfig))) {
      assertThat(exitCode(operator)).isEqualTo(1);
      assertLastLine(operator, "give its user the rights");
      assertThat(operator.log()).contains("cannot list resource \"asyncjobs\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "management"})
  @Execution(ExecutionMode.CONCURRENT)
  void anAddressInUseIsNamed(String server, TestNamespace namespace) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = "127.0.0.1:" + taken.getLocalPort();
      try (var operator =
          namespace.startOperator(Map.of(), "--%s-address=%s".formatted(server, address))) {
        assertThat(exitCode(operator)).isEqualTo(1);
        assertLastLine(operator, "cannot listen on " + address + ": Address already in use");
        assertLastLine(operator, "choose another address with --" + server + "-address");
        assertThat(operator.log()).doesNotContain("Exception");
      }
    }
  }

  @Flow
  void anAddressOfAnotherMachineIsNamed(TestNamespace namespace) throws Exception {
    try (var operator = namespace.startOperator(Map.of(), "--http-address=192.0.2.1:8080")) {
      assertThat(exitCode(operator)).isEqualTo(1);
      assertLastLine(operator, "cannot listen on 192.0.2.1:8080: ");
      assertThat(operator.log()).doesNotContain("Exception");
    }
  }

  @Flow
  void severalNamespacesOfWhichOneComesLaterAndEmptyVariables(
      TestNamespace first, Cluster cluster) {
    var second = first.name() + "-later";
    var other = cluster.newNamespace("other");
    other.kubectl().apply(Jobs.manifest("x", "{queuedDuration: 0s}"));
    var settings =
        Map.of(
            "ASYNCJOB_NAMESPACES", first.name() + ", " + second,
            "ASYNC_JOB_QUEUED_DURATION_SEC", "",
            "ASYNCJOB_TTL_SECONDS_AFTER_FINISHED", "",
            "ASYNCJOB_LOG_FORMAT", "",
            "ASYNCJOB_PORT", "tcp://10.0.0.1:80");
    try (var jobs = Jobs.in(first);
        var operator = first.startOperator(settings)) {
      operator.awaitReady();
      assertThat(operator.log().lines().filter(line -> line.contains("does not exist")))
          .singleElement()
          .asString()
          .contains("WARN  namespace " + second + " does not exist");

      var kubectl = cluster.kubectl().inNamespace(second);
      kubectl.get("create", "namespace", second);
      kubectl.apply(Jobs.manifest("late", "{queuedDuration: 500ms}"));
      jobs.apply("early", "{queuedDuration: 500ms}");

      kubectl.get("wait", "aj/late", "--for=condition=Complete", "--timeout=30s");
      jobs.await("early", "Completed/Completed");
      assertThat(other.kubectl().get("get", "aj", "x", "-o=jsonpath={.status}"))
          .isEqualTo("{\"observedGeneration\":-1}");
    }
  }

  private static int exitCode(OperatorProcess operator) throws Exception {
    return operator.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static void assertLastLine(OperatorProcess operator, String text) {
    assertThat(operator.log().lines().toList())
        .last()
        .asString()
        .contains(" ERROR ", text, "exit code 1");
  }

  private static String withToken(Cluster cluster, String token, Path folder) throws IOException {
    var original = Files.readString(cluster.controlPlane().kubeconfig());
    return Files.writeString(
            folder.resolve("kubeconfig"), original.replaceAll("token: .*", "token: " + token))
        .toString();
  }
}
