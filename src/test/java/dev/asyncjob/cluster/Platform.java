package dev.asyncjob.cluster;

import java.util.Locale;

/** This machine in Go's words. */
final class Platform {

  private Platform() {}

  static String name() {
    return os() + "-" + arch();
  }

  private static String os() {
    var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      throw new IllegalStateException(
          "The local control plane needs Linux or macOS; on Windows use WSL");
    }
    return name.startsWith("mac") ? "darwin" : name;
  }

  private static String arch() {
    var name = System.getProperty("os.arch");
    return switch (name) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }
}
