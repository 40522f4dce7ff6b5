package dev.asyncjob.settings;

import dev.asyncjob.lifecycle.Defaults;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Every setting of the operator, declared once: option, environment variable, default, limits and
 * description. The option wins over the variable, and an empty variable counts as unset.
 */
@Command(
    name = "asyncjob-operator",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    versionProvider = Settings.Version.class,
    customSynopsis = "java -jar asyncjob-operator.jar [OPTION...]",
    description =
        "Runs the operator in the foreground, against the cluster that KUBECONFIG, ~/.kube/config or"
            + " the Pod's own service account names.",
    footer = {
      "",
      "Each option is a variable too, as named in brackets; the option wins, and an empty variable"
          + " counts as unset.",
      "Exit codes: 0 after SIGTERM or SIGINT, 1 a fault it cannot get over, 2 bad settings."
    })
public final class Settings {
  @Option(
      names = "--queued-duration-sec",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      defaultValue = "1",
      description =
          "How long a job is Queued whose spec does not say it. Fractions allowed, negative counts as"
              + " 0; a variable that holds no number counts as unset."
              + " [ASYNC_JOB_QUEUED_DURATION_SEC, default: 1]")
  private Duration queuedDuration = Duration.ofSeconds(1);

  @Option(
      names = "--in-progress-duration-sec",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      defaultValue = "1",
      description =
          "How long a job is InProgress whose spec does not say it; likewise."
              + " [ASYNC_JOB_INPROGRESS_DURATION_SEC, default: 1]")
  private Duration inProgressDuration = Duration.ofSeconds(1);

  @Option(
      names = "--ttl-seconds-after-finished",
      paramLabel = "SECONDS",
      converter = TimeToLiveConverter.class,
      description =
          "How long a finished job is kept whose spec does not say it; it counts for old ones too, so"
              + " that switching it on deletes them. 0 to 2147483647."
              + " [ASYNCJOB_TTL_SECONDS_AFTER_FINISHED, default: for ever]")
  private @Nullable Duration timeToLive;

  @Option(
      names = "--namespaces",
      paramLabel = "NAMESPACE",
      split = ",",
      converter = NamespaceConverter.class,
      description =
          "The namespaces to watch, separated by commas. [ASYNCJOB_NAMESPACES, default: all]")
  private List<String> namespaces = List.of();

  @Option(
      names = "--leader-election",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      converter = BooleanConverter.class,
      defaultValue = "false",
      description =
          "Let one of several operators write, and the others stand by: true or false."
              + " [ASYNCJOB_LEADER_ELECTION, default: false]")
  private boolean leaderElection;

  @Option(
      names = "--lease-namespace",
      paramLabel = "NAMESPACE",
      converter = NamespaceConverter.class,
      description =
          "The namespace of the Lease that elects the leader."
              + " [ASYNCJOB_LEASE_NAMESPACE, default: the Pod's, or the kubeconfig's]")
  private @Nullable String leaseNamespace;

  @Option(
      names = "--lease-name",
      paramLabel = "NAME",
      converter = LeaseNameConverter.class,
      defaultValue = "asyncjob-operator",
      description =
          "The name of the Lease that elects the leader."
              + " [ASYNCJOB_LEASE_NAME, default: asyncjob-operator]")
  private String leaseName = "asyncjob-operator";

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, or json: one object a line. [ASYNCJOB_LOG_FORMAT, default: text]")
  private LogFormat logFormat = LogFormat.text;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "error, warn, info, debug or trace. [ASYNCJOB_LOG_LEVEL, default: info]")
  private LogLevel logLevel = LogLevel.info;

  private Settings() {}

  /** How a log line looks. */
  public enum LogFormat {
    text,
    json
  }

  /** What is logged: this level and the more severe ones. */
  public enum LogLevel {
    error,
    warn,
    info,
    debug,
    trace
  }

  /** What the command line asks for. */
  public sealed interface Request {
    /** To run with these settings. */
    record Run(Settings settings) implements Request {}

    /** To print this text and end well. */
    record Print(String text) implements Request {}

    /** Nothing that can be done; the one line says which setting is wrong, and what is allowed. */
    record Refuse(String line) implements Request {}
  }

  /** Reads the settings from the command line and the environment. */
  public static Request read(List<String> arguments, Map<String, String> environment) {
    var settings = new Settings();
    var command =
        new CommandLine(settings)
            .setDefaultValueProvider(
                option -> fromEnvironment((OptionSpec) option, environment).orElse(null));
    try {
      var parsed = command.parseArgs(arguments.toArray(String[]::new));
      if (parsed.isUsageHelpRequested()) {
        return new Request.Print(command.getUsageMessage());
      }
      if (parsed.isVersionHelpRequested()) {
        return new Request.Print(String.join("\n", new Version().getVersion()));
      }
      return new Request.Run(settings);
    } catch (ParameterException e) {
      return new Request.Refuse(refusal(e, arguments));
    }
  }

  private static String refusal(ParameterException e, List<String> arguments) {
    var line =
        "asyncjob-operator: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return e.getArgSpec() instanceof OptionSpec option
            && arguments.stream().noneMatch(argument -> argument.startsWith(option.longestName()))
        ? line + " (set by " + variable(option) + ")"
        : line;
  }

  private static Optional<String> fromEnvironment(
      OptionSpec option, Map<String, String> environment) {
    return Optional.ofNullable(environment.get(variable(option)))
        .filter(value -> !value.isEmpty())
        // As in the original app, its two variables are ignored when they hold no number.
        .filter(
            value ->
                !option.longestName().endsWith("-duration-sec")
                    || Seconds.parse(value).isPresent());
  }

  static String variable(OptionSpec option) {
    return switch (option.longestName()) {
      case "--queued-duration-sec" -> "ASYNC_JOB_QUEUED_DURATION_SEC";
      case "--in-progress-duration-sec" -> "ASYNC_JOB_INPROGRESS_DURATION_SEC";
      default ->
          "ASYNCJOB_"
              + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    };
  }

  /** The version that the jar says it has. */
  public static String version() {
    @Nullable String version = Settings.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  public Defaults defaults() {
    return new Defaults(queuedDuration, inProgressDuration, Optional.ofNullable(timeToLive));
  }

  /** The namespaces to watch; empty means all. */
  public List<String> namespaces() {
    return namespaces;
  }

  /** Whether one of several operators is to be elected. */
  public boolean leaderElection() {
    return leaderElection;
  }

  public Optional<String> leaseNamespace() {
    return Optional.ofNullable(leaseNamespace);
  }

  public String leaseName() {
    return leaseName;
  }

  public LogFormat logFormat() {
    return logFormat;
  }

  public LogLevel logLevel() {
    return logLevel;
  }

  private static final class SecondsConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Seconds.parse(value)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "must be a number of seconds, such as 2.5, but was '" + value + "'"));
    }
  }

  private static final class TimeToLiveConverter implements ITypeConverter<Duration> {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,10}");

    @Override
    public Duration convert(String value) {
      if (!WHOLE.matcher(value).matches() || Long.parseLong(value) > Integer.MAX_VALUE) {
        throw new TypeConversionException(
            "must be whole seconds from 0 to 2147483647, but was '" + value + "'");
      }
      return Duration.ofSeconds(Long.parseLong(value));
    }
  }

  private static final class BooleanConverter implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String value) {
      return switch (value) {
        case "true" -> true;
        case "false" -> false;
        default ->
            throw new TypeConversionException("must be true or false, but was '" + value + "'");
      };
    }
  }

  private static final class LeaseNameConverter implements ITypeConverter<String> {
    private static final Pattern SUBDOMAIN =
        Pattern.compile(
            "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    @Override
    public String convert(String value) {
      if (!SUBDOMAIN.matcher(value).matches()) {
        throw new TypeConversionException(
            "must be a name of at most 253 of a-z, 0-9, - and . (RFC 1123), but was '"
                + value
                + "'");
      }
      return value;
    }
  }

  private static final class NamespaceConverter implements ITypeConverter<String> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    @Override
    public String convert(String value) {
      var name = value.strip();
      if (!LABEL.matcher(name).matches()) {
        throw new TypeConversionException(
            "must be names of namespaces (RFC 1123: a-z, 0-9 and -) separated by commas, but holds '"
                + value
                + "'");
      }
      return name;
    }
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"asyncjob-operator " + version()};
    }
  }
}
