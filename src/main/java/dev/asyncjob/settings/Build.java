package dev.asyncjob.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * What this program was built from.
 *
 * @param version as in pom.xml, the one place where it is set
 * @param revision the commit, or "unknown" where the build was not told
 */
public record Build(String version, String revision) {
  /** Reads what Maven has filled in. */
  public static Build read() {
    var properties = new Properties();
    try (var file = Build.class.getResourceAsStream("/build.properties")) {
      properties.load(Objects.requireNonNull(file, "build.properties is in the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(properties.getProperty("version"), properties.getProperty("revision"));
  }
}
