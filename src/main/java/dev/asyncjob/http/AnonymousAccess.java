package dev.asyncjob.http;

import io.javalin.http.Context;
import java.util.Optional;

/** Everybody may do everything. */
final class AnonymousAccess implements Access {
  @Override
  public Caller toManagement(Context request) {
    return new Unchecked(Optional.empty());
  }

  @Override
  public Caller toOriginalApp(Context request) {
    return new Unchecked(Optional.empty());
  }

  /** A caller who may do everything. */
  record Unchecked(Optional<String> key) implements Caller {
    @Override
    public void require(Verb verb, String namespace) {}
  }
}
