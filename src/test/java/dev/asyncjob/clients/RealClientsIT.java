package dev.asyncjob.clients;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.OperatorProcess;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients of Durable Functions, and clients that know no more than HTTP: nothing but the host is
 * new to them.
 */
@ExtendWith(ClusterExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsIT {
  private OperatorProcess operator;

  @BeforeAll
  void start(Cluster cluster) {
    var namespace = cluster.newNamespace("clients");
    // No client can make a job that fails; they rewind this one.
    namespace
        .kubectl()
        .apply(
            """
            apiVersion: asyncjob.dev/v1
            kind: AsyncJob
            metadata: {name: failing}
            spec:
              queuedDuration: 0s
              inProgressDuration: 0s
              outcome: {failurePercent: 100, message: no capacity}
            """);
    operator = namespace.startOperator(Map.of()).awaitReady();
  }

  @AfterAll
  void stop() {
    operator.close();
  }

  @Test
  void durableFunctionsForJavaScript() {
    ClientPrograms.node().runNode("durable-functions.js", operator.http().toString());
  }

  @Test
  void durableFunctionsForPython() {
    ClientPrograms.python("python").runPython("durable_functions.py", operator.http().toString());
  }

  @Test
  void aPollerInJavaScript() {
    ClientPrograms.node().runNode("poller.js", operator.http() + "/api/job-start/javascript");
  }

  @Test
  void aPollerInPython() {
    ClientPrograms.python("python")
        .runPython("poller.py", operator.http() + "/api/job-start/python");
  }

  @Test
  void thePollerOfTheAzureSdks() {
    ClientPrograms.python("python")
        .runPython("azure_core_poller.py", operator.http() + "/api/job-start/azure");
  }
}
