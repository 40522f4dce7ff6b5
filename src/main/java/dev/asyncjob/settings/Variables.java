package dev.asyncjob.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The environment variable of each option. */
final class Variables {
  private Variables() {}

  /** As the option's, but for the two variables of the original app. */
  static String name(OptionSpec option) {
    return switch (option.longestName()) {
      case "--queued-duration-sec" -> "ASYNC_JOB_QUEUED_DURATION_SEC";
      case "--in-progress-duration-sec" -> "ASYNC_JOB_INPROGRESS_DURATION_SEC";
      default ->
          "ASYNCJOB_"
              + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    };
  }

  /** What the environment says; an empty variable counts as unset. */
  static Optional<String> value(OptionSpec option, Map<String, String> environment) {
    return Optional.ofNullable(environment.get(name(option)))
        .filter(value -> !value.isEmpty())
        // As in the original app, its two variables are ignored when they hold no number.
        .filter(
            value ->
                !option.longestName().endsWith("-duration-sec")
                    || Seconds.parse(value).isPresent());
  }
}
