package dev.asyncjob.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that may or may not be on this machine. */
public final class Program {
  private Program() {}

  /** Where a program is: named by the system property of its name, or found on the PATH. */
  public static Optional<Path> find(String name) {
    var named = System.getProperty(name);
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
