package dev.asyncjob.settings;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A name that an object of Kubernetes may have: an RFC 1123 subdomain. */
final class LeaseNameConverter implements ITypeConverter<String> {
  private static final Pattern SUBDOMAIN =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  @Override
  public String convert(String value) {
    if (!SUBDOMAIN.matcher(value).matches()) {
      throw new TypeConversionException(
          "must be a name of at most 253 of a-z, 0-9, - and . (RFC 1123), but was '" + value + "'");
    }
    return value;
  }
}
