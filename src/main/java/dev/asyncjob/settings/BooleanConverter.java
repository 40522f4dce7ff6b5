package dev.asyncjob.settings;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** True or false, and nothing else: not yes, 1 or on. */
final class BooleanConverter implements ITypeConverter<Boolean> {
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
