package dev.asyncjob.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * In paths of the management API a plus is a blank: Durable Functions writes ids into its URLs as
 * into a form, and reads them in the same way. In other paths a plus is a plus.
 */
final class FormEncodedPath implements HttpConfiguration.Customizer {
  private static final String ORIGINAL = FormEncodedPath.class.getName();

  private static final Pattern MANAGEMENT =
      Pattern.compile(ManagementUrls.PATH.replace("/", "/+") + "/.*", Pattern.CASE_INSENSITIVE);

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    var uri = request.getHttpURI();
    var path = uri.getPath();
    if (path == null || path.indexOf('+') < 0 || !MANAGEMENT.matcher(path).matches()) {
      return request;
    }
    request.setAttribute(ORIGINAL, path);
    var decoded = HttpURI.build(uri).path(path.replace("+", "%20")).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpURI getHttpURI() {
        return decoded;
      }
    };
  }

  /** The path of a request as the client sent it. */
  static String original(HttpServletRequest request) {
    return request.getAttribute(ORIGINAL) instanceof String path ? path : request.getRequestURI();
  }
}
