package dev.asyncjob.cluster;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the shared {@link Cluster}, started for the first one that asks and stopped after the
 * last test, and a fresh {@link TestNamespace}, the same for a test method and its
 * {@code @BeforeEach}.
 */
public final class ClusterExtension implements ParameterResolver {

  private static final Namespace STORE = Namespace.create(ClusterExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    // Without a test method it would be a namespace that all tests of a class share.
    return type == Cluster.class
        || (type == TestNamespace.class && context.getTestMethod().isPresent());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // JUnit closes what lies in the session's store at the end of the run. A fork of Maven's
    // executes
    // one class after the other, and each execution has a root of its own.
    var cluster =
        context
            .getStore(StoreScope.LAUNCHER_SESSION, STORE)
            .computeIfAbsent(Cluster.class, key -> Cluster.start(), Cluster.class);
    if (parameter.getParameter().getType() == Cluster.class) {
      return cluster;
    }
    return context
        .getStore(STORE)
        .computeIfAbsent(
            TestNamespace.class,
            key -> cluster.newNamespace(context.getRequiredTestClass().getSimpleName()),
            TestNamespace.class);
  }
}
