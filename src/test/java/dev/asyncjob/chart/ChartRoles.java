package dev.asyncjob.chart;

import dev.asyncjob.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;

/** The roles for people that the chart makes. */
final class ChartRoles {
  private ChartRoles() {}

  /** Binds some of them to a user, in one namespace. */
  static void bind(TestNamespace namespace, String user, String... roles) {
    var rendered = Rendered.in(namespace.name(), "{}");
    for (var role : roles) {
      var clusterRole = rendered.the(ClusterRole.class, namespace.name() + "-asyncjob-" + role);
      namespace.client().resource(clusterRole).create();
      namespace
          .kubectl()
          .get(
              "create",
              "rolebinding",
              user + "-" + role,
              "--clusterrole=" + clusterRole.getMetadata().getName(),
              "--user=" + user);
    }
  }
}
