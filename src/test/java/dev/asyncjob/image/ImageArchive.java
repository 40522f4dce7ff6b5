package dev.asyncjob.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An image as a tar in the OCI layout, unpacked into a folder. */
record ImageArchive(Path folder, JsonNode config, List<Path> layers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A file or folder of a layer, as {@code tar} lists it. */
  record Entry(String mode, String owner, String modified, String path) {}

  static ImageArchive read(Path tar, Path folder) throws IOException {
    run("tar", "--extract", "--file", tar.toString(), "--directory", folder.toString());
    var index = JSON.readTree(folder.resolve("index.json").toFile());
    var manifest = JSON.readTree(blob(folder, index.at("/manifests/0/digest")).toFile());
    var layers =
        StreamSupport.stream(manifest.get("layers").spliterator(), false)
            .map(layer -> blob(folder, layer.get("digest")))
            .toList();
    var config = JSON.readTree(blob(folder, manifest.at("/config/digest")).toFile());
    return new ImageArchive(folder, config, layers);
  }

  Stream<Entry> entries(Path layer) {
    return run(
            "tar",
            "--list",
            "--verbose",
            "--full-time",
            "--utc",
            "--numeric-owner",
            "--file",
            layer.toString())
        .lines()
        .map(line -> line.split("\\s+", 6))
        .map(word -> new Entry(word[0], word[1], word[3] + "T" + word[4], word[5]));
  }

  String text(Path layer, String path) {
    return run("tar", "--extract", "--to-stdout", "--file", layer.toString(), path);
  }

  private static Path blob(Path folder, JsonNode digest) {
    return folder.resolve("blobs").resolve(digest.asText().replace(':', '/'));
  }

  private static String run(String... command) {
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
