package dev.asyncjob.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The URLs of the management API as one client reaches it.
 *
 * @param base scheme, authority and what a proxy adds to the path; no slash at the end
 * @param key what the client needs in each URL
 */
record ManagementUrls(String base, Optional<String> key) {
  /** Of Durable Functions since version 2 of its extension. */
  static final String PATH = "/runtime/webhooks/durabletask";

  String instance(String encodedId) {
    return base + PATH + "/instances/" + encodedId;
  }

  /** As in a form: a blank is a plus. */
  static String formEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** As .NET's Uri.EscapeDataString: all but the unreserved characters of RFC 3986. */
  static String percentEncoded(String text) {
    return formEncoded(text).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }
}
