package dev.asyncjob.http;

import java.time.Duration;

/** Is told of each request that has been answered. */
@FunctionalInterface
public interface HttpRequests {
  /**
   * A request has been answered.
   *
   * @param route the path with its parameters' names, or an empty text where no route matched
   */
  void answered(String route, String method, int status, Duration took);
}
