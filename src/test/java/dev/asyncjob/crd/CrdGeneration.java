package dev.asyncjob.crd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.Rules;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Generates the custom resource definition from the classes. What the generator has no annotation
 * for (the order of columns, list types, the default of status, required at the root) is added
 * here.
 */
final class CrdGeneration {
  private static final List<CustomResourceColumnDefinition> COLUMNS =
      List.of(
          column("STATUS", "string", 0, ".status.customStatus", "The job's own state."),
          column("RUNTIME", "string", 0, ".status.runtimeStatus", "Waits, runs or has ended."),
          column("NEXT", "string", 0, ".status.nextTransitionTime", "When the next state is due."),
          column("AGE", "date", 0, ".metadata.creationTimestamp", "Time since the creation."),
          column("QUEUED", "string", 1, ".status.phases[0].duration", "Length of Queued."),
          column(
              "INPROGRESS",
              "string",
              1,
              ".status.phases[?(@.name==\"InProgress\")].duration",
              "Length of InProgress."),
          column("THIRD-PARTY-ID", "string", 1, ".status.thirdPartyJobId", "The third party's id."),
          column("ATTEMPT", "integer", 1, ".status.attempt", "Which attempt this is."),
          column("COMPLETED", "date", 1, ".status.completionTime", "Time since the end."),
          column("MESSAGE", "string", 1, ".status.message", "Why it failed or was terminated."));

  private static final Set<String> CHANGEABLE_WHEN_FINISHED =
      Set.of("restartNonce", "suspend", "ttlSecondsAfterFinished");

  private static final Set<String> LONGS = Set.of("observedGeneration", "restartNonce");

  private CrdGeneration() {}

  static String yaml() {
    var bytes = new ByteArrayOutputStream();
    new CRDGenerator()
        .withPostProcessor(
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String version) {
                return complete((CustomResourceDefinition) crd);
              }
            })
        .customResourceClasses(AsyncJob.class)
        .withOutput(new InMemory(bytes))
        .generate();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static CustomResourceDefinition complete(CustomResourceDefinition generated) {
    var crd =
        new CustomResourceDefinitionBuilder(generated)
            .editSpec()
            .editNames()
            .withListKind("AsyncJobList")
            .endNames()
            .editFirstVersion()
            .withAdditionalPrinterColumns(COLUMNS)
            .endVersion()
            .endSpec()
            .build();
    var root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    root.setDescription(
        "A job that waits in Queued, then in InProgress, and then is Completed, on time.");
    root.setRequired(List.of("spec"));
    property(root, "spec").setDescription("What is wanted of the job; {} is valid.");
    var status = property(root, "status");
    status.setDescription("What has become of the job; written by the operator alone.");
    status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
    var phases = property(status, "phases");
    phases.setXKubernetesListType("atomic");
    items(phases).setDescription("One wait: its plan, and its record once it has begun and ended.");
    var conditions = property(status, "conditions");
    items(conditions).setDescription("One observation, as in metav1.Condition.");
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    refine("", root);
    root.getXKubernetesValidations().add(finishedJobIsFixed(property(root, "spec")));
    return crd;
  }

  /**
   * Adds the widths of integers, and drops the second copy of rules found on field and accessor.
   */
  private static void refine(String name, JSONSchemaProps schema) {
    if ("integer".equals(schema.getType())) {
      schema.setFormat(LONGS.contains(name) ? "int64" : "int32");
    }
    schema.setXKubernetesValidations(
        new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    if (schema.getProperties() != null) {
      schema.getProperties().forEach(CrdGeneration::refine);
    }
    if (schema.getItems() != null) {
      refine("", items(schema));
    }
  }

  /**
   * Every field of the spec, now and in future, but for a few, stays as it is once the job has
   * finished: hence a rule made from the fields.
   */
  private static ValidationRule finishedJobIsFixed(JSONSchemaProps spec) {
    var unchanged =
        spec.getProperties().keySet().stream()
            .filter(field -> !CHANGEABLE_WHEN_FINISHED.contains(field))
            .map(
                field ->
                    "(has(self.spec.%1$s) ? has(oldSelf.spec.%1$s) && self.spec.%1$s == oldSelf.spec.%1$s : !has(oldSelf.spec.%1$s))"
                        .formatted(field))
            .collect(Collectors.joining(" && "));
    return new ValidationRuleBuilder()
        .withRule(
            "!(%s) || %s || (%s)".formatted(Rules.WAS_FINISHED, Rules.JOB_RESTARTS, unchanged))
        .withMessage(
            "a finished job must not change, except restartNonce, ttlSecondsAfterFinished and suspend"
                + " (raise restartNonce to change more)")
        .withFieldPath(".spec")
        .withReason("FieldValueForbidden")
        .build();
  }

  private static JSONSchemaProps items(JSONSchemaProps array) {
    return array.getItems().getSchema();
  }

  private static JSONSchemaProps property(JSONSchemaProps parent, String name) {
    return parent.getProperties().get(name);
  }

  private static CustomResourceColumnDefinition column(
      String name, String type, int priority, String jsonPath, String description) {
    return new CustomResourceColumnDefinition(
        description, null, jsonPath, name, priority == 0 ? null : priority, type);
  }

  private static final class InMemory
      extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
    private final ByteArrayOutputStream bytes;

    InMemory(ByteArrayOutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    protected ByteArrayOutputStream createStreamFor(String name) {
      return bytes;
    }
  }
}
