package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.OperatorProcess;
import java.util.Map;

/**
 * A cluster with an operator for all its namespaces: apart from the one of tests with their own.
 */
final class OperatedCluster implements AutoCloseable {
  private final Cluster cluster;
  private final OperatorProcess operator;

  private OperatedCluster(Cluster cluster) {
    this.cluster = cluster;
    this.operator = cluster.startOperator(Map.of());
  }

  static OperatedCluster start() {
    var operated = new OperatedCluster(Cluster.start());
    operated.operator.awaitReady();
    return operated;
  }

  Cluster cluster() {
    return cluster;
  }

  /** Whatever users do, the operator runs on and has nothing to complain about. */
  void assertWell() {
    assertThat(operator.isAlive()).as("the operator runs").isTrue();
    assertThat(operator.log().lines())
        .allSatisfy(line -> assertThat(line).doesNotContain("WARN", "ERROR", "Exception"));
  }

  @Override
  public void close() {
    operator.close();
    cluster.close();
  }
}
