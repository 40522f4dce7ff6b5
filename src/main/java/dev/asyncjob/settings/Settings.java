package dev.asyncjob.settings;

import dev.asyncjob.lifecycle.Defaults;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Every setting of the operator, declared once: option, environment variable, default, limits and
 * description. The option wins over the variable, and an empty variable counts as unset.
 */
@Command(
    name = "asyncjob-operator",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    versionProvider = Version.class,
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
      names = "--http",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      converter = BooleanConverter.class,
      defaultValue = "true",
      description = "Serve the HTTP API: true or false. [ASYNCJOB_HTTP, default: true]")
  private boolean http = true;

  @Option(
      names = "--http-address",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      defaultValue = "127.0.0.1:8080",
      description =
          "Where the HTTP API is served; port 0 takes a free one."
              + " [ASYNCJOB_HTTP_ADDRESS, default: 127.0.0.1:8080]")
  private InetSocketAddress httpAddress = InetSocketAddress.createUnresolved("127.0.0.1", 8080);

  @Option(
      names = "--http-auth",
      paramLabel = "MODE",
      description =
          "Who may use the HTTP API. kubernetes: whom the API server knows by a bearer token, as far"
              + " as its rules allow; key: who has a key of --http-key-file; anonymous: everybody."
              + " [ASYNCJOB_HTTP_AUTH, default: anonymous on a loopback address, else kubernetes]")
  private @Nullable HttpAuthMode httpAuth;

  @Option(
      names = "--http-key-file",
      paramLabel = "FILE",
      description =
          "One key a line, read again when it changes; needed by --http-auth=key."
              + " [ASYNCJOB_HTTP_KEY_FILE, default: none]")
  private @Nullable Path httpKeyFile;

  @Option(
      names = "--http-namespace",
      paramLabel = "NAMESPACE",
      converter = NamespaceConverter.class,
      description =
          "Where the HTTP API creates jobs."
              + " [ASYNCJOB_HTTP_NAMESPACE, default: the Pod's, or the kubeconfig's]")
  private @Nullable String httpNamespace;

  @Option(
      names = "--http-task-hubs",
      paramLabel = "NAMESPACE",
      split = ",",
      converter = NamespaceConverter.class,
      description =
          "The namespaces that a request's taskHub may name, separated by commas."
              + " [ASYNCJOB_HTTP_TASK_HUBS, default: the one of --http-namespace]")
  private List<String> httpTaskHubs = List.of();

  @Option(
      names = "--http-external-url",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description =
          "The base of the URLs in answers. [ASYNCJOB_HTTP_EXTERNAL_URL, default: from the request]")
  private @Nullable URI httpExternalUrl;

  @Option(
      names = "--http-trust-forwarded",
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      converter = BooleanConverter.class,
      defaultValue = "false",
      description =
          "Take the base of the URLs from X-Forwarded-* headers, which a proxy must then set: true or"
              + " false. [ASYNCJOB_HTTP_TRUST_FORWARDED, default: false]")
  private boolean httpTrustForwarded;

  @Option(
      names = "--management-address",
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      defaultValue = "127.0.0.1:8081",
      description =
          "Where /livez, /readyz and /metrics are served; port 0 takes a free one."
              + " [ASYNCJOB_MANAGEMENT_ADDRESS, default: 127.0.0.1:8081]")
  private InetSocketAddress managementAddress =
      InetSocketAddress.createUnresolved("127.0.0.1", 8081);

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

  private static final Pattern LOOPBACK =
      Pattern.compile("127(\\.[0-9]{1,3}){3}|\\[::1]|localhost");

  Settings() {}

  /** How a log line looks. */
  public enum LogFormat {
    text,
    json
  }

  /** Who may use the HTTP API. */
  public enum HttpAuthMode {
    kubernetes,
    key,
    anonymous
  }

  /** What is logged: this level and the more severe ones. */
  public enum LogLevel {
    error,
    warn,
    info,
    debug,
    trace
  }

  public Defaults defaults() {
    return new Defaults(queuedDuration, inProgressDuration, Optional.ofNullable(timeToLive));
  }

  /** The namespaces to watch, each once; empty means all. */
  public List<String> namespaces() {
    return namespaces.stream().distinct().toList();
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

  /** Whether the HTTP API is to be served. */
  public boolean http() {
    return http;
  }

  public InetSocketAddress httpAddress() {
    return httpAddress;
  }

  /** As set; else nobody is asked who they are only where nobody from outside can come. */
  public HttpAuthMode httpAuth() {
    if (httpAuth != null) {
      return httpAuth;
    }
    return LOOPBACK.matcher(httpAddress.getHostString()).matches()
        ? HttpAuthMode.anonymous
        : HttpAuthMode.kubernetes;
  }

  /** Whether everybody who can reach the address may do everything. */
  public boolean isOpenToAll() {
    return httpAuth() == HttpAuthMode.anonymous
        && !LOOPBACK.matcher(httpAddress.getHostString()).matches();
  }

  public Optional<Path> httpKeyFile() {
    return Optional.ofNullable(httpKeyFile);
  }

  public Optional<String> httpNamespace() {
    return Optional.ofNullable(httpNamespace);
  }

  public List<String> httpTaskHubs() {
    return httpTaskHubs;
  }

  public Optional<URI> httpExternalUrl() {
    return Optional.ofNullable(httpExternalUrl);
  }

  public boolean httpTrustForwarded() {
    return httpTrustForwarded;
  }

  public InetSocketAddress managementAddress() {
    return managementAddress;
  }

  public LogFormat logFormat() {
    return logFormat;
  }

  public LogLevel logLevel() {
    return logLevel;
  }
}
