package dev.asyncjob.cluster;

import java.nio.file.Path;

/** The JDK that runs this. */
public final class Jdk {
  private Jdk() {}

  /** The path of one of its programs: {@code java}, {@code jcmd}. */
  public static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
