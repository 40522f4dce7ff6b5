package dev.asyncjob.http;

import java.util.Optional;

/** Who sent a request. */
interface Caller {
  /** Ends the request with 403 unless the caller may do this in the namespace. */
  void require(Verb verb, String namespace);

  /** The key that the URLs in an answer to this caller carry, if they need one. */
  Optional<String> key();
}
