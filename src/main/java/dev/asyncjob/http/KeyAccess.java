package dev.asyncjob.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Whoever has a key may do everything: in the query as code or in the header x-functions-key, as
 * the access keys of Azure Functions. The original app's two routes ask for none, and hand one out
 * in their URLs, as they did there.
 */
final class KeyAccess implements Access {
  private static final String CHALLENGE = "FunctionsKey realm=\"asyncjob\"";

  private final KeyFile file;

  KeyAccess(KeyFile file) {
    this.file = file;
  }

  @Override
  public Caller toManagement(Context request) {
    return Optional.ofNullable(request.header("x-functions-key"))
        .or(() -> new Query(request.queryParamMap()).text("code"))
        .filter(this::isValid)
        .map(key -> new AnonymousAccess.Unchecked(Optional.of(key)))
        .orElseThrow(() -> Access.unauthorized(CHALLENGE));
  }

  @Override
  public Caller toOriginalApp(Context request) {
    return new AnonymousAccess.Unchecked(file.keys().stream().findFirst());
  }

  /** Compares with every key, each in a time that does not tell how much of it is right. */
  private boolean isValid(String sent) {
    var bytes = sent.getBytes(StandardCharsets.UTF_8);
    var valid = false;
    for (var key : file.keys()) {
      valid |= MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), bytes);
    }
    return valid;
  }
}
