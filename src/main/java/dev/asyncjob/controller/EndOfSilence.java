package dev.asyncjob.controller;

import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection on which an answer or an event is awaited and nothing comes: the other side may
 * be gone without a word, behind a firewall that has forgotten the connection or a node that lost
 * its power, and the watch would wait for the five to ten minutes after which the client library
 * starts it anew.
 */
final class EndOfSilence {
  private EndOfSilence() {}

  static void after(Duration limit, HttpClientOptions options) {
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setReadIdleTimeout((int) limit.toMillis());
  }
}
