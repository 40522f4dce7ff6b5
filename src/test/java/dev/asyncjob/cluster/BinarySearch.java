package dev.asyncjob.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the programs of the control plane: {@code KUBEBUILDER_ASSETS}, then the folder that
 * kube-api-test uses, filled by download or build if need be.
 */
final class BinarySearch {

  private static final String ADVICE =
      "Install a new enough Go, or put the programs there, or name their folder in KUBEBUILDER_ASSETS.";

  private final Map<String, String> environment;
  private final Path home;
  private final String version;
  private final List<BinarySource> sources;

  BinarySearch(
      Map<String, String> environment, Path home, String version, List<BinarySource> sources) {
    this.environment = environment;
    this.home = home;
    this.version = version;
    this.sources = sources;
  }

  /** The search of this project on this machine. */
  static BinarySearch ofThisProject() {
    var module = new GoModule(Project.path("src/controlplane"));
    var version = module.kubernetesVersion();
    return new BinarySearch(
        System.getenv(),
        Path.of(System.getProperty("user.home")),
        version,
        List.of(EnvtestRelease.of(version), new GoBuild(module)));
  }

  Binaries find() {
    var assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
    if (!assets.isEmpty()) {
      return complete(new Binaries(Path.of(assets)), "KUBEBUILDER_ASSETS is set to " + assets);
    }
    var binaries = new Binaries(folder());
    return binaries.missing().isEmpty() ? binaries : fill(binaries);
  }

  private Path folder() {
    var configured = environment.getOrDefault("KUBE_API_TEST_DIR", "");
    var root = configured.isEmpty() ? home.resolve(".kubeapitest") : Path.of(configured);
    return root.resolve("k8s").resolve(version + "-" + Platform.name());
  }

  private Binaries fill(Binaries binaries) {
    // One thread at a time here; the lock on the file keeps out other processes and goes with the
    // channel.
    synchronized (BinarySearch.class) {
      try {
        Files.createDirectories(binaries.folder());
        var file = binaries.folder().resolve(".lock");
        try (var channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          lock(channel);
          return complete(
              binaries, "Tried:\n- " + String.join("\n- ", tryAll(binaries)) + "\n" + ADVICE);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void lock(FileChannel channel) throws IOException {
    if (channel.tryLock() == null) {
      Progress.say("waiting for another process that downloads or builds the same programs");
      channel.lock();
    }
  }

  /** Tries the sources in turn until nothing is missing; returns why some of them did not help. */
  private List<String> tryAll(Binaries binaries) {
    var problems = new ArrayList<String>();
    for (var source : sources) {
      var missing = binaries.missing();
      if (!missing.isEmpty()) {
        try {
          source.fetch(missing, binaries);
        } catch (BinarySourceException e) {
          var reason = String.valueOf(e.getMessage());
          Progress.say(reason);
          problems.add(reason);
        }
      }
    }
    return problems;
  }

  private static Binaries complete(Binaries binaries, String otherwise) {
    if (!binaries.missing().isEmpty()) {
      throw new IllegalStateException(
          "No " + binaries.missingNames() + " in " + binaries.folder() + ". " + otherwise);
    }
    return binaries;
  }
}
