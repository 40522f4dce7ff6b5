package dev.asyncjob.web;

import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers 404 to what no route can be asked with, before it costs anything that lasts: Javalin
 * keeps each method's name that it hears of, a session for each WebSocket, and answers 200 to a
 * HEAD wherever there is a GET.
 */
final class ServedMethods extends Handler.Wrapper {
  private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (METHODS.contains(request.getMethod())
        && !request.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_VERSION)) {
      return super.handle(request, response, callback);
    }
    response.setStatus(HttpStatus.NOT_FOUND_404);
    return WebServer.answerEmpty(request, response, callback);
  }
}
