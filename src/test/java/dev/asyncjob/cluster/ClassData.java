package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * The operator's classes, read and laid out before it starts, as the image has them: a start takes
 * a third of the CPU, and the tests start a hundred operators.
 */
final class ClassData {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private ClassData() {}

  /** The archive for a jar and the JVM that is to run it; made anew when the jar is another. */
  static synchronized Path of(Path jar, String java) {
    var archive = jar.resolveSibling("class-data.jsa");
    // One thread at a time here; the lock on the file keeps out the other JVMs that run tests.
    try (var file =
            FileChannel.open(
                jar.resolveSibling("class-data.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = file.lock()) {
      if (!Files.exists(archive) || lastModified(archive) < lastModified(jar)) {
        make(archive, jar, java);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return archive;
  }

  private static void make(Path archive, Path jar, String java) {
    var made =
        Command.run(
            List.of(
                java,
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + Project.path("src/image/classes.txt"),
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:disable",
                "-Xlog:all=error",
                "-cp",
                jar.toString()),
            "",
            LIMIT,
            builder -> {});
    if (made.exitCode() != 0) {
      throw new IllegalStateException("no class data: " + made.stderr());
    }
  }

  private static long lastModified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toMillis();
  }
}
