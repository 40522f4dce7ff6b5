package dev.asyncjob.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.docs.Section;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CrdDocumentationTest {
  @Test
  void theReadmeListsEveryFieldOfTheSpec() throws IOException {
    listed("spec", AsyncJobSpec.class);
  }

  @Test
  void theReadmeListsEveryFieldOfTheStatus() throws IOException {
    listed("status", AsyncJobStatus.class);
  }

  private static void listed(String part, Class<? extends Record> type) throws IOException {
    var crd = Serialization.unmarshal(CrdGeneration.yaml(), CustomResourceDefinition.class);
    var root = crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    var table = new StringBuilder("| field | meaning |\n|---|---|\n");
    addRows(table, "", root.getProperties().get(part), type);
    new Section(Path.of("README.md"), part).mustBe(table.toString());
  }

  /** In the order of the classes, which is that of a job's life; the generator sorts by name. */
  private static void addRows(
      StringBuilder table, String prefix, JSONSchemaProps object, Class<?> type) {
    assertThat(type.getRecordComponents())
        .extracting(RecordComponent::getName)
        .hasSameElementsAs(object.getProperties().keySet());
    for (var component : type.getRecordComponents()) {
      var name = prefix + component.getName();
      var field = object.getProperties().get(component.getName());
      assertThat(field.getDescription()).as(name).isNotBlank();
      table.append("| `%s` | %s |\n".formatted(name, field.getDescription()));
      if (!field.getProperties().isEmpty()) {
        addRows(table, name + ".", field, component.getType());
      } else if (component.getGenericType() instanceof ParameterizedType list) {
        var item = (Class<?>) list.getActualTypeArguments()[0];
        addRows(table, name + "[].", field.getItems().getSchema(), item);
      }
    }
  }
}
