package dev.asyncjob.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Builds the programs from their Go modules; needs nothing but the go command. */
final class GoBuild implements BinarySource {

  private static final Duration LIMIT = Duration.ofMinutes(60);

  private final GoModule module;

  GoBuild(GoModule module) {
    this.module = module;
  }

  @Override
  public void fetch(List<Binary> programs, Binaries into) throws BinarySourceException {
    requireGo();
    for (var program : programs) {
      var number = programs.indexOf(program) + 1;
      build(program, into.path(program), number + " of " + programs.size());
    }
  }

  private void requireGo() throws BinarySourceException {
    // Asked in the module's folder, because the go command may switch to the toolchain that go.mod
    // wants.
    var answer =
        Command.run(List.of("go", "env", "GOVERSION"), "", Duration.ofMinutes(5), this::setUp);
    if (answer.exitCode() != 0 || !isEnough(answer.stdout(), module.goVersion())) {
      throw new BinarySourceException(
          "a build from source needs Go %s or newer on the PATH, but \"go env GOVERSION\" says: %s"
              .formatted(module.goVersion(), (answer.stdout() + answer.stderr()).strip()));
    }
  }

  static boolean isEnough(String found, String required) {
    var version = Pattern.compile("go(\\d+)\\.(\\d+)").matcher(found);
    var wanted = Pattern.compile("(\\d+)\\.(\\d+)").matcher(required);
    if (!version.find() || !wanted.find()) {
      return false;
    }
    var major =
        Integer.compare(Integer.parseInt(version.group(1)), Integer.parseInt(wanted.group(1)));
    var minor =
        Integer.compare(Integer.parseInt(version.group(2)), Integer.parseInt(wanted.group(2)));
    return major > 0 || (major == 0 && minor >= 0);
  }

  private void build(Binary program, Path target, String position) throws BinarySourceException {
    var unfinished = target.resolveSibling("." + program.fileName() + ".unfinished");
    var log = new LogFile(target.resolveSibling("." + program.fileName() + ".log"));
    try {
      Files.deleteIfExists(log.path());
      try (var process =
          ChildProcess.start(
              command(program, unfinished),
              builder -> {
                setUp(builder);
                log.redirect(builder);
              })) {
        var exitCode =
            Progress.await(
                "%s (%s): go build".formatted(program.fileName(), position),
                "usually %d s on two cores".formatted(program.usualBuildTime().toSeconds()),
                LIMIT,
                process.onExit());
        if (exitCode != 0) {
          throw new BinarySourceException(
              "go build of %s failed:%n%s".formatted(program.fileName(), log.tail()));
        }
      }
      // Renamed when complete: a build that was killed leaves nothing that looks like the program.
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(log.path());
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new BinarySourceException("go build of " + program.fileName() + " failed: " + e, e);
    }
  }

  private List<String> command(Binary program, Path target) {
    return List.of(
        "go",
        "build",
        "-buildvcs=false",
        "-trimpath",
        "-ldflags",
        ldflags(),
        "-o",
        target.toString(),
        program.goPackage());
  }

  /**
   * The version that "kubectl version" and the API server's /version report; some clients parse it.
   */
  private String ldflags() {
    var version = module.kubernetesVersion();
    var numbers = version.split("\\.", -1);
    var set = "-X k8s.io/component-base/version.";
    return "-s -w"
        + (" " + set + "gitVersion=v" + version)
        + (" " + set + "gitMajor=" + numbers[0])
        + (" " + set + "gitMinor=" + numbers[1])
        + (" " + set + "gitTreeState=clean");
  }

  private void setUp(ProcessBuilder builder) {
    builder.directory(module.folder().toFile());
    builder.environment().put("GOWORK", "off");
    // Go leaves its work folder behind when killed; here it goes with everything else.
    builder.environment().put("GOTMPDIR", Guard.folder().toString());
  }
}
