package dev.asyncjob.simulation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.asyncjob.lifecycle.Transition.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a stored job.
 *
 * @param at how long after the begin of the history
 * @param decision what an operator decided on; null for a change by a user
 * @param before null for a creation
 * @param after null for a deletion
 */
record Change(
    Duration at,
    String by,
    @Nullable Decision decision,
    @Nullable StoredJob before,
    @Nullable StoredJob after) {

  /** The version of a job that an operator had, its clock, and its default time to live. */
  record Decision(StoredJob on, Instant clock, Duration timeToLive) {
    static final Duration FOR_EVER = Duration.ofDays(100_000);
  }

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  /** The job as it is now, or was when it was deleted. */
  StoredJob job() {
    return requireNonNull(after == null ? before : after);
  }

  @Override
  public String toString() {
    var who = decision == null ? by : by + ", whose clock says " + decision.clock();
    return "%8.3fs %s/%s v%-3d %s: %s"
        .formatted(
            at.toMillis() / 1000.0,
            job().name(),
            job().uid().substring(0, 8),
            job().resourceVersion(),
            who,
            what());
  }

  private String what() {
    if (after == null) {
      return "deleted";
    }
    if (decision != null) {
      return State.of(after.status()) + " " + json(after.status());
    }
    var spec = after.isReadable() ? json(after.spec()) : "unreadable";
    return "generation " + after.generation() + " " + spec;
  }

  private static String json(Object part) {
    try {
      return MAPPER.writeValueAsString(part);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
