package dev.asyncjob.settings;

import dev.asyncjob.settings.Settings.HttpAuthMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What the command line and the environment ask for. */
public sealed interface Request {
  /** To run with these settings. */
  record Run(Settings settings) implements Request {}

  /** To print this text and end well. */
  record Print(String text) implements Request {}

  /** Nothing that can be done; the one line says which setting is wrong, and what is allowed. */
  record Refuse(String line) implements Request {}

  /** Reads the settings; whoever asks for help may need it because of a variable. */
  static Request read(List<String> arguments, Map<String, String> environment) {
    var asksForText = Set.of("-h", "--help", "-V", "--version");
    var variables =
        arguments.stream().anyMatch(asksForText::contains) ? Map.<String, String>of() : environment;
    var settings = new Settings();
    var command =
        new CommandLine(settings)
            .setDefaultValueProvider(
                option -> Variables.value((OptionSpec) option, variables).orElse(null));
    try {
      var parsed = command.parseArgs(arguments.toArray(String[]::new));
      if (parsed.isUsageHelpRequested()) {
        return new Print(command.getUsageMessage());
      }
      if (parsed.isVersionHelpRequested()) {
        return new Print(String.join("\n", command.getCommandSpec().version()));
      }
      return contradiction(settings).<Request>map(Refuse::new).orElseGet(() -> new Run(settings));
    } catch (ParameterException e) {
      return new Refuse(refusal(e, arguments));
    }
  }

  private static Optional<String> contradiction(Settings settings) {
    return settings.httpAuth() == HttpAuthMode.key && settings.httpKeyFile().isEmpty()
        ? Optional.of(
            "asyncjob-operator: --http-auth 'key' needs --http-key-file (or"
                + " ASYNCJOB_HTTP_KEY_FILE)")
        : Optional.empty();
  }

  private static String refusal(ParameterException e, List<String> arguments) {
    var line =
        "asyncjob-operator: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return e.getArgSpec() instanceof OptionSpec option
            && arguments.stream()
                .noneMatch(argument -> (argument + "=").startsWith(option.longestName() + "="))
        ? line + " (set by " + Variables.name(option) + ")"
        : line;
  }
}
