package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.asyncjob.settings.Build;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Chart.yaml: what Helm and Artifact Hub are told. */
class MetadataTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void theVersionIsTheProgramsOwn() throws IOException {
    var file = Rendered.CHART.resolve("Chart.yaml");
    var text = Files.readString(file);
    var version = Build.read().version();
    var expected =
        text.replaceAll("(?m)^(version|appVersion): .*$", "$1: " + version)
            .replaceAll("(?m)(image: \\S+:)\\S+$", "$1" + version);
    if (System.getProperty("chart.write") != null) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).as("write it anew with -Dchart.write").isEqualTo(expected);
  }

  @Test
  void theImageIsTheOneThatIsInstalled() throws IOException {
    var image = annotation("artifacthub.io/images").get(0).get("image").asText();
    var pod = Rendered.with("{}").the(Deployment.class).getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().get(0).getImage()).isEqualTo(image);
  }

  @Test
  void theDefinitionIsTheOneInTheChart() throws IOException {
    var crd = annotation("artifacthub.io/crds").get(0);
    var folder = Rendered.CHART.resolve("crds");
    var definition = YAML.readTree(folder.resolve("asyncjobs.asyncjob.dev-v1.yml").toFile());
    assertThat(crd.get("name")).isEqualTo(definition.at("/metadata/name"));
    assertThat(crd.get("kind")).isEqualTo(definition.at("/spec/names/kind"));
    assertThat(crd.get("version")).isEqualTo(definition.at("/spec/versions/0/name"));
  }

  /** A list, as YAML in a string. */
  static JsonNode annotation(String name) throws IOException {
    var chart = YAML.readTree(Rendered.CHART.resolve("Chart.yaml").toFile());
    return YAML.readTree(chart.at("/annotations").get(name).asText());
  }
}
