package dev.asyncjob.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One verb on one resource: the smallest part of a rule. */
record Permission(String verb, String group, String resource, List<String> names) {
  static Stream<Permission> of(PolicyRule rule) {
    return of(rule.getVerbs(), rule.getApiGroups(), rule.getResources(), rule.getResourceNames());
  }

  static Stream<Permission> of(ResourceRule rule) {
    return of(rule.getVerbs(), rule.getApiGroups(), rule.getResources(), rule.getResourceNames());
  }

  private static Stream<Permission> of(
      List<String> verbs, List<String> groups, List<String> resources, List<String> names) {
    return groups.stream()
        .flatMap(
            group ->
                resources.stream()
                    .flatMap(
                        resource ->
                            verbs.stream()
                                .map(verb -> new Permission(verb, group, resource, names))));
  }

  /** What the operator's own roles give; those for people are left out. */
  static Set<Permission> ofOperator(Rendered rendered) {
    return Stream.concat(
            rendered.all(Role.class).stream().flatMap(role -> role.getRules().stream()),
            rendered.all(ClusterRole.class).stream()
                .filter(role -> !isForPeople(role))
                .flatMap(role -> role.getRules().stream()))
        .flatMap(Permission::of)
        .collect(Collectors.toSet());
  }

  static boolean isForPeople(HasMetadata role) {
    return role.getMetadata().getLabels().keySet().stream()
        .anyMatch(l -> l.contains("aggregate-to"));
  }

  /** Takes this permission out of a role; other objects stay as they are. */
  void takeFrom(HasMetadata object) {
    if (object instanceof Role role) {
      role.setRules(without(role.getRules()));
    } else if (object instanceof ClusterRole role) {
      role.setRules(without(role.getRules()));
    }
  }

  private List<PolicyRule> without(List<PolicyRule> rules) {
    return rules.stream()
        .flatMap(Permission::of)
        .filter(permission -> !permission.equals(this))
        .map(Permission::rule)
        .toList();
  }

  private PolicyRule rule() {
    return new PolicyRuleBuilder()
        .withVerbs(verb)
        .withApiGroups(group)
        .withResources(resource)
        .withResourceNames(names)
        .build();
  }

  /** As in the API server's message, when it is missing. */
  @Override
  public String toString() {
    return "cannot %s resource \"%s\"".formatted(verb, resource);
  }
}
