package dev.asyncjob.settings;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A name that a namespace may have: an RFC 1123 label. */
final class NamespaceConverter implements ITypeConverter<String> {
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
