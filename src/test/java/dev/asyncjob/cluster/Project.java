package dev.asyncjob.cluster;

import java.nio.file.Path;

/** The project's folder: Maven names it in {@code basedir}, an IDE starts programs in it. */
public final class Project {

  private Project() {}

  public static Path path(String relative) {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve(relative);
  }
}
