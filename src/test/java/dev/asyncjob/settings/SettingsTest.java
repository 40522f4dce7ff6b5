package dev.asyncjob.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.settings.Settings.LogFormat;
import dev.asyncjob.settings.Settings.LogLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SettingsTest {

  @Test
  void withoutAnySettingTheDefaultsCount() {
    var settings = run(List.of(), Map.of());

    assertThat(settings.defaults().queuedDuration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.defaults().inProgressDuration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.defaults().timeToLive()).isEmpty();
    assertThat(settings.namespaces()).isEmpty();
    assertThat(settings.leaderElection()).isFalse();
    assertThat(settings.leaseName()).isEqualTo("asyncjob-operator");
    assertThat(settings.managementAddress().toString()).contains("127.0.0.1").endsWith(":8081");
    assertThat(settings.logFormat()).isEqualTo(LogFormat.text);
    assertThat(settings.logLevel()).isEqualTo(LogLevel.info);
  }

  /** As .NET reads a double in the invariant culture, which the original app did. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0            | PT0S
          2            | PT2S
          0.5          | PT0.5S
          .5           | PT0.5S
          5.           | PT5S
          +3           | PT3S
          -3           | PT0S
          -0.0         | PT0S
          1e2          | PT100S
          1.5E+1       | PT15S
          5e-1         | PT0.5S
          '  7  '      | PT7S
          1,000        | PT1000S
          1,0,0.5      | PT100.5S
          0.0004       | PT0S
          0.0005       | PT0.001S
          1e300        | PT99999H
          1e999        | PT99999H
          359996400    | PT99999H
          359996401    | PT99999H
          """)
  void aDurationIsANumberOfSeconds(String text, Duration duration) {
    var variable = run(List.of(), Map.of("ASYNC_JOB_QUEUED_DURATION_SEC", text));
    assertThat(variable.defaults().queuedDuration()).isEqualTo(duration);

    var option = run(List.of("--in-progress-duration-sec=" + text), Map.of());
    assertThat(option.defaults().inProgressDuration()).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "abc",
        "1s",
        "1d",
        "1f",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "1_000",
        "1.2.3",
        "1.0,0",
        "--1",
        "1e",
        "e5",
        ".",
        "1 000",
        "٣",
        ",1",
        "1 e2"
      })
  void aDurationThatIsNoNumberCountsAsUnsetInAVariableAndIsRefusedInAnOption(String text) {
    var settings =
        run(
            List.of(),
            Map.of(
                "ASYNC_JOB_QUEUED_DURATION_SEC", text, "ASYNC_JOB_INPROGRESS_DURATION_SEC", text));
    assertThat(settings.defaults().queuedDuration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.defaults().inProgressDuration()).isEqualTo(Duration.ofSeconds(1));

    assertThat(refusal(List.of("--queued-duration-sec=" + text), Map.of()))
        .contains("--queued-duration-sec", "must be a number of seconds", "'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3600, 3600", "2147483647, 2147483647"})
  void aTimeToLiveIsWholeSeconds(String text, long seconds) {
    var settings = run(List.of(), Map.of("ASYNCJOB_TTL_SECONDS_AFTER_FINISHED", text));

    assertThat(settings.defaults().timeToLive()).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ASYNCJOB_TTL_SECONDS_AFTER_FINISHED | -1                | whole seconds from 0 to 2147483647
          ASYNCJOB_TTL_SECONDS_AFTER_FINISHED | 1.5               | whole seconds from 0 to 2147483647
          ASYNCJOB_TTL_SECONDS_AFTER_FINISHED | 2147483648        | whole seconds from 0 to 2147483647
          ASYNCJOB_TTL_SECONDS_AFTER_FINISHED | 99999999999999999 | whole seconds from 0 to 2147483647
          ASYNCJOB_TTL_SECONDS_AFTER_FINISHED | 1h                | whole seconds from 0 to 2147483647
          ASYNCJOB_TTL_SECONDS_AFTER_FINISHED | ' '               | whole seconds from 0 to 2147483647
          ASYNCJOB_NAMESPACES                 | Team_A            | must be names of namespaces
          ASYNCJOB_NAMESPACES                 | 'a,,b'            | must be names of namespaces
          ASYNCJOB_NAMESPACES                 | -a                | must be names of namespaces
          ASYNCJOB_NAMESPACES                 | a.b               | must be names of namespaces
          ASYNCJOB_LEADER_ELECTION            | yes               | must be true or false
          ASYNCJOB_LEADER_ELECTION            | True              | must be true or false
          ASYNCJOB_LEASE_NAMESPACE            | A                 | must be names of namespaces
          ASYNCJOB_LEASE_NAME                 | a_b               | must be a name
          ASYNCJOB_MANAGEMENT_ADDRESS         | 8081              | must be an address and a port
          ASYNCJOB_MANAGEMENT_ADDRESS         | localhost:65536   | must be an address and a port
          ASYNCJOB_MANAGEMENT_ADDRESS         | :8081             | must be an address and a port
          ASYNCJOB_HTTP                       | on                | must be true or false
          ASYNCJOB_HTTP_ADDRESS               | 8080              | must be an address and a port
          ASYNCJOB_HTTP_AUTH                  | none              | kubernetes, key, anonymous
          ASYNCJOB_HTTP_NAMESPACE             | A                 | must be names of namespaces
          ASYNCJOB_HTTP_TASK_HUBS             | 'a,,b'            | must be names of namespaces
          ASYNCJOB_HTTP_EXTERNAL_URL          | jobs              | must be a URL
          ASYNCJOB_HTTP_TRUST_FORWARDED       | 1                 | must be true or false
          ASYNCJOB_LOG_FORMAT                 | xml               | text, json
          ASYNCJOB_LOG_FORMAT                 | JSON              | text, json
          ASYNCJOB_LOG_LEVEL                  | loud              | error, warn, info, debug, trace
          """)
  void aBadValueIsRefusedInOneLineThatNamesVariableValueAndRule(
      String variable, String value, String rule) {
    assertThat(refusal(List.of(), Map.of(variable, value)))
        .contains(variable, rule)
        .contains(value.equals("a,,b") ? "''" : value)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--queued-duration=1", "--nonsense", "-x", "stray", "--log-level", "--namespaces"})
  void anUnknownOptionOrOneWithoutAValueIsRefused(String argument) {
    assertThat(refusal(List.of(argument), Map.of()))
        .contains(argument.replaceAll("=.*", ""))
        .doesNotContain("\n");
  }

  @Test
  void theVariableIsNamedEvenIfAnOptionBeginsLikeItsOwn() {
    assertThat(refusal(List.of("--http-address=[::1]:0"), Map.of("ASYNCJOB_HTTP", "on")))
        .contains("ASYNCJOB_HTTP)", "'on'");
  }

  @Test
  void anOptionGivenTwiceIsRefused() {
    assertThat(refusal(List.of("--log-level=info", "--log-level=debug"), Map.of()))
        .contains("--log-level");
  }

  @Test
  void theOptionWinsOverTheVariable() {
    var settings =
        run(
            List.of("--queued-duration-sec=3", "--log-level", "debug"),
            Map.of("ASYNC_JOB_QUEUED_DURATION_SEC", "7", "ASYNCJOB_LOG_LEVEL", "error"));

    assertThat(settings.defaults().queuedDuration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.logLevel()).isEqualTo(LogLevel.debug);
  }

  @Test
  void theOptionWinsOverABadVariableAsWell() {
    var settings = run(List.of("--log-level=debug"), Map.of("ASYNCJOB_LOG_LEVEL", "loud"));

    assertThat(settings.logLevel()).isEqualTo(LogLevel.debug);
  }

  @ParameterizedTest
  @MethodSource("variables")
  void anEmptyVariableIsUnset(String variable) {
    assertThat(run(List.of(), Map.of(variable, "")))
        .usingRecursiveComparison()
        .isEqualTo(run(List.of(), Map.of()));
  }

  static Stream<String> variables() {
    return new CommandLine(Settings.class)
        .getCommandSpec().options().stream()
            .filter(option -> !option.usageHelp() && !option.versionHelp())
            .map(Variables::name);
  }

  @Test
  void variablesThatKubernetesInjectsForServicesAreIgnored() {
    assertThat(
            run(
                List.of(),
                Map.of(
                    "ASYNCJOB_PORT", "tcp://10.0.0.1:80",
                    "ASYNCJOB_SERVICE_HOST", "10.0.0.1",
                    "ASYNCJOB_HELP", "true",
                    "ASYNCJOB_VERSION", "true")))
        .usingRecursiveComparison()
        .isEqualTo(run(List.of(), Map.of()));
  }

  @Test
  void namespacesAreSeparatedByCommas() {
    assertThat(run(List.of(), Map.of("ASYNCJOB_NAMESPACES", "a, b,c")).namespaces())
        .containsExactly("a", "b", "c");
    assertThat(run(List.of("--namespaces=a"), Map.of()).namespaces()).containsExactly("a");
  }

  @Test
  void aNamespaceNamedTwiceIsWatchedOnce() {
    assertThat(run(List.of(), Map.of("ASYNCJOB_NAMESPACES", "a,b,a")).namespaces())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--version", "-V"})
  void helpAndVersionArePrinted(String option) {
    assertThat(Request.read(List.of(option), Map.of())).isInstanceOf(Request.Print.class);
  }

  @Test
  void helpIsGivenInSpiteOfABadVariable() {
    assertThat(Request.read(List.of("--help"), Map.of("ASYNCJOB_LOG_LEVEL", "loud")))
        .isInstanceOf(Request.Print.class);
  }

  private static Settings run(List<String> arguments, Map<String, String> environment) {
    var request = Request.read(arguments, environment);
    assertThat(request).isInstanceOf(Request.Run.class);
    return ((Request.Run) request).settings();
  }

  private static String refusal(List<String> arguments, Map<String, String> environment) {
    var request = Request.read(arguments, environment);
    assertThat(request).isInstanceOf(Request.Refuse.class);
    return ((Request.Refuse) request).line();
  }
}
