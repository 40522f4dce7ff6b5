package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who has all of the chart's roles in his namespace may steer its jobs, and nothing else. */
@ExtendWith(ClusterExtension.class)
class TenantsIT {
  private static final String USER = "tenant";
  private static final List<String> VERBS =
      List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

  /** Group and resource: the jobs, and where else something of them could be seen or changed. */
  private static final List<String> RESOURCES =
      List.of(
          "asyncjob.dev/asyncjobs",
          "asyncjob.dev/asyncjobs/status",
          "asyncjob.dev/asyncjobs/finalizers",
          "apiextensions.k8s.io/customresourcedefinitions",
          "coordination.k8s.io/leases",
          "events.k8s.io/events",
          "rbac.authorization.k8s.io/roles",
          "metrics.k8s.io/pods",
          "/events",
          "/pods",
          "/pods/log",
          "/pods/exec",
          "/pods/portforward",
          "/pods/proxy",
          "/services/proxy",
          "/secrets",
          "/configmaps",
          "/serviceaccounts/token");

  @Test
  void rolesEndAtTheNamespace(Cluster cluster) {
    var mine = cluster.newNamespace("mine");
    var theirs = cluster.newNamespace("theirs");
    ChartRoles.bind(mine, USER, "view", "edit");

    var allowed = new TreeSet<String>();
    for (var namespace : List.of(mine.name(), theirs.name(), "default", "")) {
      for (var resource : RESOURCES) {
        for (var verb : VERBS) {
          if (isAllowed(cluster, verb, resource, namespace)) {
            allowed.add(verb + " " + resource + " " + namespace);
          }
        }
      }
    }

    assertThat(allowed)
        .isEqualTo(
            Set.of("get", "list", "watch", "create", "update", "patch", "delete").stream()
                .map(verb -> verb + " asyncjob.dev/asyncjobs " + mine.name())
                .collect(Collectors.toSet()));
  }

  private static boolean isAllowed(
      Cluster cluster, String verb, String groupAndResource, String namespace) {
    var parts = groupAndResource.split("/", 3);
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(USER)
            .withGroups("system:authenticated")
            .withNewResourceAttributes()
            .withGroup(parts[0])
            .withResource(parts[1])
            .withSubresource(parts.length > 2 ? parts[2] : "")
            .withVerb(verb)
            .withNamespace(namespace)
            .endResourceAttributes()
            .endSpec()
            .build();
    return cluster.client().resource(review).create().getStatus().getAllowed();
  }
}
