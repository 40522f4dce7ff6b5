package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The Go module of the control plane: the one place that names the versions. */
record GoModule(Path folder) {

  /** The Kubernetes version without the leading v, such as 1.36.3. */
  String kubernetesVersion() {
    return find("k8s\\.io/kubernetes v(\\S+)");
  }

  /** The oldest Go that can build it, such as 1.26. */
  String goVersion() {
    return find("(?m)^go (\\d+\\.\\d+)");
  }

  private String find(String pattern) {
    var file = folder.resolve("go.mod");
    try {
      var matcher = Pattern.compile(pattern).matcher(Files.readString(file));
      if (!matcher.find()) {
        throw new IllegalStateException("Nothing in " + file + " matches " + pattern);
      }
      return matcher.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
