package dev.asyncjob.settings;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A host and a port, not looked up. */
final class AddressConverter implements ITypeConverter<InetSocketAddress> {
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\s]+):([0-9]{1,5})");

  @Override
  public InetSocketAddress convert(String value) {
    var address = ADDRESS.matcher(value);
    if (!address.matches() || Integer.parseInt(address.group(2)) > 65_535) {
      throw new TypeConversionException(
          "must be an address and a port from 0 to 65535, such as 127.0.0.1:8080, but was '"
              + value
              + "'");
    }
    return InetSocketAddress.createUnresolved(address.group(1), Integer.parseInt(address.group(2)));
  }
}
