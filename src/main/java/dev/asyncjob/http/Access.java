package dev.asyncjob.http;

import io.javalin.http.Context;

/** Finds out who sends a request, or ends it with 401. */
interface Access {
  /** For the management API. */
  Caller toManagement(Context request);

  /** For job-start and job-status. */
  Caller toOriginalApp(Context request);

  /** A request without valid credentials; a challenge is due by RFC 9110, section 11.6.1. */
  static Problem unauthorized(String challenge) {
    return new Problem(Reply.empty(401).with("WWW-Authenticate", challenge));
  }
}
