package dev.asyncjob.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import dev.asyncjob.cluster.Project;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Helm makes of the chart for one release.
 *
 * @param yaml one object after the other, without the definition under crds/
 */
record Rendered(String yaml) {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  static final Path CHART = Project.path("helm/asyncjob-operator");
  static final String RELEASE = "asyncjob";

  /** A release in namespace jobs; the values are YAML. */
  static Rendered with(String values) {
    return in("jobs", values);
  }

  static Rendered in(String namespace, String values) {
    return as(RELEASE, namespace, values);
  }

  static Rendered as(String release, String namespace, String values) {
    return of(CHART, release, namespace, values);
  }

  /** With the Pod of {@code helm test} as an object like the others, for Helm renders no hooks. */
  static Rendered withTest(String namespace, String values, Path folder) {
    try {
      var chart = folder.resolve("chart");
      copy(CHART, chart);
      var test = chart.resolve("templates/tests/smoke.yaml");
      Files.writeString(test, Files.readString(test).replaceAll("helm.sh/hook: test", "x: x"));
      return of(chart, RELEASE, namespace, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static Rendered of(Path chart, String release, String namespace, String values) {
    try {
      var file = Files.writeString(Files.createTempFile("values-", ".yaml"), values);
      try {
        return new Rendered(
            new Helm(chart)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion("1.36.0")
                .withValuesFile(file)
                .skipCrds()
                .call());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All objects, as typed as this program knows them. */
  List<HasMetadata> objects() {
    return documents().map(JSON::<HasMetadata>unmarshal).toList();
  }

  Stream<String> documents() {
    return Stream.of(yaml.split("(?m)^---$")).filter(document -> document.contains("kind:"));
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  <T extends HasMetadata> T the(Class<T> kind) {
    var all = all(kind);
    assertThat(all).as("%s", kind.getSimpleName()).hasSize(1);
    return all.get(0);
  }

  <T extends HasMetadata> T the(Class<T> kind, String name) {
    return all(kind).stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + name));
  }
}
