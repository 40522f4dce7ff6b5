package dev.asyncjob.flows;

import dev.asyncjob.cluster.Cluster;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the {@link Jobs} of a fresh namespace in the {@link OperatedCluster} that all tests
 * of a run share, and looks at the operator after each class.
 */
final class OperatedClusterExtension implements ParameterResolver, AfterAllCallback {
  private static final Namespace STORE = Namespace.create(OperatedClusterExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Jobs.class || type == Cluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var cluster = operated(context).cluster();
    if (parameter.getParameter().getType() == Cluster.class) {
      return cluster;
    }
    // JUnit closes it at the end of the test, or of the class if it was given to all of it.
    return context
        .getStore(STORE)
        .computeIfAbsent(
            Jobs.class,
            key -> Jobs.in(cluster.newNamespace(context.getRequiredTestClass().getSimpleName())),
            Jobs.class);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    operated(context).assertWell();
  }

  private static OperatedCluster operated(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, STORE)
        .computeIfAbsent(
            OperatedCluster.class, key -> OperatedCluster.start(), OperatedCluster.class);
  }
}
