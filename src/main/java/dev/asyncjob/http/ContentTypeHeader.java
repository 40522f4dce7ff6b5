package dev.asyncjob.http;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Content-Type to the letter. Jetty's servlets write {@code application/json;charset=utf-8} for
 * what ASP.NET writes with a blank after the semicolon, and clients compare texts.
 */
final class ContentTypeHeader implements HttpConfiguration.Customizer {
  private static final String HEADERS = ContentTypeHeader.class.getName();

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    request.setAttribute(HEADERS, responseHeaders);
    return request;
  }

  /** Sets it for the answer to a request, past the servlet. */
  static void set(HttpServletRequest request, String value) {
    headers(request).put(new HttpField(HttpHeader.CONTENT_TYPE, value));
  }

  static void remove(HttpServletRequest request) {
    headers(request).remove(HttpHeader.CONTENT_TYPE);
  }

  private static HttpFields.Mutable headers(HttpServletRequest request) {
    return (HttpFields.Mutable) request.getAttribute(HEADERS);
  }
}
