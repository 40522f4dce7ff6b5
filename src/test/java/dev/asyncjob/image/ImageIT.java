package dev.asyncjob.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(named = "image.tar", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageIT {
  private ImageArchive image;
  private JsonNode config;

  @BeforeAll
  void read(@TempDir Path folder) throws IOException {
    image = ImageArchive.read(Path.of(System.getProperty("image.tar")), folder);
    config = image.config().get("config");
  }

  @Test
  void runsAsNobodyInParticular() {
    assertThat(config.get("User").asText()).isEqualTo("65532:65532");
  }

  @Test
  void runsTheOperator() {
    assertThat(config.get("Entrypoint"))
        .extracting(JsonNode::asText)
        .containsExactly("java", "@/app/options", "dev.asyncjob.Main");
    assertThat(config.path("Cmd")).isEmpty();
    assertThat(options()).contains("-cp /app/asyncjob-operator.jar");
  }

  @Test
  void saysWhatItIs() {
    assertThat(
            Stream.of(
                    "title",
                    "description",
                    "version",
                    "revision",
                    "source",
                    "licenses",
                    "base.name")
                .map(name -> config.at("/Labels/org.opencontainers.image." + name).asText()))
        .doesNotContain("")
        .noneMatch(label -> label.contains("${"));
  }

  @Test
  void hasTheClassPathOfTheJar() {
    assertThat(ours().map(ImageArchive.Entry::path))
        .contains("app/asyncjob-operator.jar", "app/options", "app/flags")
        .anyMatch(path -> path.matches("app/lib/javalin-.*\\.jar"))
        .allMatch(
            path ->
                path.matches(
                    "app/|app/lib/|app/(lib/)?[^/]+\\.jar|app/options|app/flags|app/[^/]+\\.jsa"));
  }

  @Test
  void startsFromTheArchiveIfThereIsOne() {
    assertThat(options().contains("-XX:SharedArchiveFile=/app/asyncjob-operator.jsa"))
        .isEqualTo(ours().anyMatch(entry -> entry.path().equals("app/asyncjob-operator.jsa")));
  }

  @Test
  void whatWeAddIsReadableByAllAndWritableByRootAlone() {
    assertThat(ours())
        .allSatisfy(
            entry -> {
              assertThat(entry.owner()).isEqualTo("0/0");
              assertThat(entry.mode()).isIn("drwxr-xr-x", "-rw-r--r--");
            });
  }

  @Test
  void nothingRaisesPrivileges() {
    assertThat(image.layers().stream().flatMap(image::entries))
        .isNotEmpty()
        .noneMatch(entry -> entry.mode().substring(1).toLowerCase(Locale.ROOT).contains("s"));
  }

  /** Nor anything else that runs what is given to it as text, or fetches more. */
  @Test
  void thereIsNoShell() {
    assertThat(image.layers().stream().flatMap(image::entries).map(ImageIT::fileName))
        .contains("java")
        .doesNotContain(
            "sh", "bash", "dash", "ash", "ksh", "zsh", "csh", "tcsh", "fish", "rbash", "busybox",
            "toybox", "env", "xargs", "awk", "gawk", "mawk", "sed", "perl", "python", "python3",
            "ruby", "lua", "node", "jshell", "tclsh", "socat", "nc", "ncat", "telnet", "ssh",
            "curl", "wget", "apt", "apt-get", "dpkg", "apk", "rpm", "su", "sudo", "gdb");
  }

  @Test
  void noTimeIsThatOfTheBuild() {
    assertThat(ours()).allMatch(entry -> entry.modified().equals("1970-01-01T00:00:01"));
    assertThat(image.config().get("created").asText()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void aNewVersionIsANewLastLayer() {
    var libraries = image.layers().get(image.layers().size() - 2);
    assertThat(image.entries(libraries))
        .allMatch(entry -> entry.path().startsWith("app/"))
        .noneMatch(entry -> entry.path().contains("asyncjob-operator"));
  }

  /** What is added to the base: the last two layers. */
  private Stream<ImageArchive.Entry> ours() {
    var layers = image.layers();
    return layers.subList(layers.size() - 2, layers.size()).stream().flatMap(image::entries);
  }

  /** Without what a link points to, which follows an arrow. */
  private static String fileName(ImageArchive.Entry entry) {
    return Path.of(entry.path().replaceFirst(" -> .*", "")).getFileName().toString();
  }

  private List<String> options() {
    var layers = image.layers();
    return image.text(layers.get(layers.size() - 1), "app/options").lines().toList();
  }
}
