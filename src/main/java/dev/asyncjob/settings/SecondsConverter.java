package dev.asyncjob.settings;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of seconds, with fractions. */
final class SecondsConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    return Seconds.parse(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "must be a number of seconds, such as 2.5, but was '" + value + "'"));
  }
}
