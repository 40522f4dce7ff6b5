package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.ClusterExtension;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(ClusterExtension.class)
class ExplainIT {

  /** The server publishes the schema of a new definition a moment after it serves it. */
  @BeforeAll
  static void awaitSchema(Cluster cluster) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.kubectl().run("explain", "asyncjob").exitCode() == 0);
  }

  @ParameterizedTest
  @MethodSource("fields")
  @Execution(ExecutionMode.CONCURRENT)
  void everyFieldHasATypeAndADescription(String field, Cluster cluster) {
    var text = cluster.kubectl().get("explain", field);

    if (field.contains(".")) {
      var name = field.substring(field.lastIndexOf('.') + 1);
      assertThat(text)
          .containsPattern("FIELD: " + name + " <(string|integer|boolean|\\[?]?Object)>");
    }
    assertThat(text).containsPattern("DESCRIPTION:\\n +\\w.*").doesNotContain("<empty>");
  }

  static Stream<String> fields() throws IOException {
    var yaml = Files.readString(Path.of("crds/asyncjobs.asyncjob.dev-v1.yml"));
    var definition = Serialization.unmarshal(yaml, CustomResourceDefinition.class);
    var schema = definition.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
    return fields("asyncjob", schema);
  }

  private static Stream<String> fields(String path, JSONSchemaProps schema) {
    var object = schema.getItems() == null ? schema : schema.getItems().getSchema();
    return Stream.concat(
        Stream.of(path),
        object.getProperties().entrySet().stream()
            .filter(property -> !property.getKey().matches("apiVersion|kind|metadata"))
            .flatMap(property -> fields(path + "." + property.getKey(), property.getValue())));
  }
}
