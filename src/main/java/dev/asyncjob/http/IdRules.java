package dev.asyncjob.http;

import dev.asyncjob.store.InstanceId;
import java.util.Optional;

/** What an instance id may be: the rules of Durable Functions, checked where a job is created. */
final class IdRules {
  private static final int MAX_LENGTH = 256;

  private IdRules() {}

  /** What is wrong with an id. */
  static Optional<String> problem(InstanceId id) {
    var text = id.text();
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.of("Instance IDs must be 1 to %d characters long".formatted(MAX_LENGTH));
    }
    if (text.equals(".") || text.equals("..")) {
      return Optional.of("Instance IDs must not be '.' or '..', which no URL can name");
    }
    if (text.startsWith("@")) {
      return Optional.of("Instance IDs must not start with '@'");
    }
    if (text.chars().anyMatch(c -> "/\\#?".indexOf(c) >= 0 || Character.isISOControl(c))) {
      return Optional.of("Instance IDs must not contain '/', '\\', '#', '?' or control characters");
    }
    return Optional.empty();
  }
}
