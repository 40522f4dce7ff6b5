package dev.asyncjob.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;

/** Reads the body of a request within limits of size and time. */
final class RequestBody {
  static final int MAX_SIZE = 64 * 1024;

  /** Of a body that is too large, so much is read and thrown away: the client sees the answer. */
  private static final long MAX_DISCARDED = 16L * 1024 * 1024;

  private static final Duration MAX_TIME = Duration.ofSeconds(30);

  private RequestBody() {}

  static byte[] read(HttpServletRequest request) {
    try {
      return readAll(request);
    } catch (IOException e) {
      throw e.getCause() instanceof TimeoutException
          ? tooSlow()
          : Problem.message(400, "The body ends too early, or its chunks are broken").closing();
    }
  }

  private static byte[] readAll(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > MAX_SIZE + MAX_DISCARDED) {
      throw tooLarge().closing();
    }
    var deadline = System.nanoTime() + MAX_TIME.toNanos();
    var body = new byte[MAX_SIZE];
    var rest = new byte[MAX_SIZE];
    var input = request.getInputStream();
    long size = 0;
    while (true) {
      var read =
          size < MAX_SIZE
              ? input.read(body, (int) size, MAX_SIZE - (int) size)
              : input.read(rest, 0, rest.length);
      if (read < 0) {
        break;
      }
      size += read;
      if (size > MAX_SIZE + MAX_DISCARDED) {
        throw tooLarge().closing();
      }
      if (System.nanoTime() > deadline) {
        throw tooSlow();
      }
    }
    if (size > MAX_SIZE) {
      throw tooLarge();
    }
    return Arrays.copyOf(body, (int) size);
  }

  private static Problem tooSlow() {
    return Problem.message(408, "The body took too long to arrive").closing();
  }

  private static Problem tooLarge() {
    return Problem.message(413, "The body must be at most %d bytes".formatted(MAX_SIZE));
  }
}
