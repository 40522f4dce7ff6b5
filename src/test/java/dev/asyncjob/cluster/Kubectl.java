package dev.asyncjob.cluster;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs kubectl as the cluster's administrator in one namespace. */
public final class Kubectl {

  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

  private final Path binary;
  private final Path kubeconfig;
  private final String namespace;
  private final Duration limit;

  private Kubectl(Path binary, Path kubeconfig, String namespace, Duration limit) {
    this.binary = binary;
    this.kubeconfig = kubeconfig;
    this.namespace = namespace;
    this.limit = limit;
  }

  Kubectl(Path binary, Path kubeconfig) {
    this(binary, kubeconfig, "default", DEFAULT_LIMIT);
  }

  public Kubectl inNamespace(String name) {
    return new Kubectl(binary, kubeconfig, name, limit);
  }

  /** The time a call may take: 60 s unless set. */
  public Kubectl withLimit(Duration duration) {
    return new Kubectl(binary, kubeconfig, namespace, duration);
  }

  public Command.Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  public Command.Result runWithInput(String input, String... arguments) {
    return Command.run(command(arguments), input, limit, this::setHome);
  }

  /** Runs what must succeed and returns its standard output. */
  public String get(String... arguments) {
    return successful(run(arguments), arguments);
  }

  /** Applies YAML or JSON. */
  public String apply(String manifest) {
    var arguments = new String[] {"apply", "-f", "-"};
    return successful(runWithInput(manifest, arguments), arguments);
  }

  /**
   * Starts what does not end by itself, such as {@code get -w}, and hands over each line of its
   * standard output as it comes; close the process to end it.
   */
  public ChildProcess stream(Consumer<String> onLine, String... arguments) {
    var process =
        ChildProcess.start(
            command(arguments),
            builder -> {
              builder.redirectError(Redirect.INHERIT);
              setHome(builder);
            });
    process.forEachLine(onLine);
    return process;
  }

  private List<String> command(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(binary.toString(), "--kubeconfig=" + kubeconfig, "--namespace=" + namespace));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Discovery cache and preferences (kuberc) of this cluster only, not those of the user. */
  private void setHome(ProcessBuilder builder) {
    builder.environment().put("HOME", kubeconfig.resolveSibling("home").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("KUBE"));
  }

  private static String successful(Command.Result result, String... arguments) {
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          "kubectl "
              + String.join(" ", arguments)
              + ": exit code "
              + result.exitCode()
              + "\n"
              + result.stderr());
    }
    return result.stdout();
  }
}
