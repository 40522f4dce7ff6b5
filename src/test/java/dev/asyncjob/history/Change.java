package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.asyncjob.lifecycle.Transition.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a stored job.
 *
 * @param at when it happened, by a clock that is right
 * @param before null for a creation
 * @param after null for a deletion
 */
public record Change(
    Instant at, Cause cause, @Nullable StoredJob before, @Nullable StoredJob after) {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  /** The job as it is now, or was when it was deleted. */
  public StoredJob job() {
    return requireNonNull(after == null ? before : after);
  }

  @Override
  public String toString() {
    return "%s %s/%s v%-3d %s: %s"
        .formatted(at, job().name(), job().uid(), job().resourceVersion(), who(), what());
  }

  private String who() {
    if (cause instanceof Cause.Operator operator) {
      return operator.name() + ", whose clock says " + operator.decision().clock();
    }
    if (cause instanceof Cause.User user) {
      return user.name();
    }
    return cause instanceof Cause.Foreigner foreigner ? foreigner.name() : "unknown";
  }

  private String what() {
    if (after == null) {
      return "deleted";
    }
    if (cause instanceof Cause.User) {
      return "generation " + after.generation() + " " + spec(after);
    }
    var status = State.of(after.status()) + " " + json(after.status());
    return cause instanceof Cause.Unknown
        ? "generation " + after.generation() + " " + spec(after) + " " + status
        : status;
  }

  private static String spec(StoredJob job) {
    return job.isReadable() ? json(job.spec()) : "unreadable";
  }

  private static String json(Object part) {
    try {
      return MAPPER.writeValueAsString(part);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
