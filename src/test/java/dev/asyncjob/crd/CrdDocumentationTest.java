package dev.asyncjob.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.docs.Section;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrdDocumentationTest {
  @ParameterizedTest
  @ValueSource(strings = {"spec", "status"})
  void theReadmeListsEveryField(String part) throws IOException {
    var crd = Serialization.unmarshal(CrdGeneration.yaml(), CustomResourceDefinition.class);
    var root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    var table = new StringBuilder("| field | meaning |\n|---|---|\n");
    addRows(table, "", root.getProperties().get(part));
    new Section(Path.of("README.md"), part).mustBe(table.toString());
  }

  private static void addRows(StringBuilder table, String prefix, JSONSchemaProps object) {
    if (object.getProperties() == null) {
      return;
    }
    object
        .getProperties()
        .forEach(
            (name, field) -> {
              assertThat(field.getDescription()).as(prefix + name).isNotBlank();
              table.append("| `%s%s` | %s |\n".formatted(prefix, name, field.getDescription()));
              addRows(table, prefix + name + ".", field);
              if (field.getItems() != null) {
                addRows(table, prefix + name + "[].", field.getItems().getSchema());
              }
            });
  }
}
