package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a job at one time.
 *
 * @param isWhole false if there may have been more versions in between
 * @param before null for a creation
 * @param after null for a deletion
 */
record Event(Instant seen, boolean isWhole, @Nullable Version before, @Nullable Version after) {
  StoredJob job() {
    return requireNonNull(after == null ? before : after).job();
  }
}
