package dev.asyncjob.settings;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a web server. */
final class UrlConverter implements ITypeConverter<URI> {
  @Override
  public URI convert(String value) {
    try {
      var url = new URI(value);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Refused below, like a URL of another kind.
    }
    throw new TypeConversionException(
        "must be a URL such as https://jobs.example.com, but was '" + value + "'");
  }
}
