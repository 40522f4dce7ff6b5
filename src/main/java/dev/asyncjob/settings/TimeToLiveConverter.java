package dev.asyncjob.settings;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole seconds, as many as a ttlSecondsAfterFinished of Kubernetes may have. */
final class TimeToLiveConverter implements ITypeConverter<Duration> {
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
