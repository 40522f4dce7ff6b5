package dev.asyncjob.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in a file, one a line, read again when the file changes. A file that cannot be read
 * holds no key: a key that was taken away must not go on working.
 */
final class KeyFile {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

  private final Path path;
  private Version version = new Version(null, FileTime.fromMillis(0), -1);
  private List<String> keys = List.of();

  KeyFile(Path path) {
    this.path = path;
  }

  synchronized List<String> keys() {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      // A mounted Secret changes by a link to another folder: the file is another one then.
      var found =
          new Version(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
      if (!found.equals(version)) {
        keys =
            Files.readAllLines(path).stream().map(String::strip).filter(k -> !k.isEmpty()).toList();
        version = found;
        LOG.info("{} keys read from {}", keys.size(), path);
      }
    } catch (IOException e) {
      if (!keys.isEmpty()) {
        LOG.warn("no key is valid: {} cannot be read", path);
        LOG.debug("cannot read {}", path, e);
      }
      keys = List.of();
      version = new Version(null, FileTime.fromMillis(0), -1);
    }
    return keys;
  }

  private record Version(@Nullable Object file, FileTime modified, long size) {}
}
