package dev.asyncjob.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request written to the byte, as no client library would write it. */
record RawRequest(String method, String target, List<String> headers, String body) {
  RawRequest(String method, String target) {
    this(method, target, List.of(), "");
  }

  RawRequest with(String header) {
    var all = new ArrayList<>(headers);
    all.add(header);
    return new RawRequest(method, target, all, body);
  }

  RawRequest method(String other) {
    return new RawRequest(other, target, headers, body);
  }

  RawRequest target(String other) {
    return new RawRequest(method, other, headers, body);
  }

  RawRequest body(String other) {
    return new RawRequest(method, target, headers, other);
  }

  /** The target with another parameter in its query. */
  RawRequest query(String parameter) {
    return target(target + (target.contains("?") ? "&" : "?") + parameter);
  }

  /** What a service answers: everything, to the end of the connection. */
  String sendTo(String url) {
    var address = URI.create(url);
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(text().getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(toString(), e);
    }
  }

  String text() {
    var size = body.getBytes(StandardCharsets.UTF_8).length;
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%s\r\n%s"
        .formatted(
            method,
            target,
            size == 0 ? "" : "Content-Length: " + size + "\r\n",
            String.join("", headers.stream().map(header -> header + "\r\n").toList()),
            body);
  }
}
