package dev.asyncjob.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs in another language, of a folder under src/test/clients, with the packages that they
 * need, in the versions that are pinned there, under target/clients.
 *
 * <p>Where the language or the packages cannot be had, the test is skipped and says so; with {@code
 * -Dclients.required} it fails.
 */
final class ClientPrograms {
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final Duration RUN_LIMIT = Duration.ofMinutes(10);

  private final Path sources;
  private final Path installed;

  private ClientPrograms(String folder) {
    sources = Project.path("src/test/clients").resolve(folder);
    installed = Project.path("target/clients").resolve(folder);
  }

  /** Those for Node.js. */
  static ClientPrograms node() {
    var programs = new ClientPrograms("node");
    programs.install(
        "package-lock.json",
        () -> {
          programs.copy("package.json");
          programs.copy("package-lock.json");
          programs.need("npm", "ci", "--no-audit", "--no-fund");
        });
    return programs;
  }

  /** Those for Python, of one folder, each with an environment of its own. */
  static ClientPrograms python(String folder) {
    var programs = new ClientPrograms(folder);
    programs.install(
        "requirements.txt",
        () -> {
          programs.need("python3", "-m", "venv", ".");
          programs.need(
              programs.installed("bin/pip"),
              "install",
              "--quiet",
              "--disable-pip-version-check",
              "--requirement",
              programs.source("requirements.txt"));
        });
    return programs;
  }

  /** Runs one of the programs for Node.js, which must succeed. */
  void runNode(String program, String... arguments) {
    // Node.js looks for packages beside the program.
    copy(program);
    run("node", installed(program), arguments);
  }

  /** Runs one of the programs for Python, which must succeed. */
  void runPython(String program, String... arguments) {
    run(installed("bin/python"), source(program), arguments);
  }

  /** Runs a module of a package for Python, which must succeed. */
  void runModule(String module, String... arguments) {
    run(installed("bin/python"), "-m" + module, arguments);
  }

  String source(String name) {
    return sources.resolve(name).toString();
  }

  private void run(String interpreter, String program, String... arguments) {
    var command = new ArrayList<>(List.of(interpreter, program));
    command.addAll(List.of(arguments));
    var result = execute(RUN_LIMIT, command);
    System.out.println(result.stdout());
    assertThat(result.exitCode())
        .as(() -> String.join(" ", command) + "\n" + result.stdout() + result.stderr())
        .isZero();
  }

  /** Once for each state of the file that pins the versions. */
  private void install(String pinned, Runnable installation) {
    try {
      var mark = installed.resolve("installed-" + pinned);
      var wanted = Files.readString(sources.resolve(pinned));
      if (Files.exists(mark) && Files.readString(mark).equals(wanted)) {
        return;
      }
      Files.createDirectories(installed);
      installation.run();
      Files.writeString(mark, wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void need(String... command) {
    var result = execute(INSTALL_LIMIT, List.of(command));
    if (result.exitCode() != 0) {
      var problem =
          "%s: exit code %d\n%s%s"
              .formatted(
                  String.join(" ", command), result.exitCode(), result.stdout(), result.stderr());
      assertThat(System.getProperty("clients.required")).as(problem).isNull();
      Assumptions.abort("Skipped, for its clients cannot be installed: " + problem);
    }
  }

  private Command.Result execute(Duration limit, List<String> command) {
    return Command.run(command, "", limit, builder -> builder.directory(installed.toFile()));
  }

  private void copy(String name) {
    try {
      Files.writeString(installed.resolve(name), Files.readString(sources.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String installed(String name) {
    return installed.resolve(name).toString();
  }
}
