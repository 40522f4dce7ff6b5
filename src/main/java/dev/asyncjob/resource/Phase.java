package dev.asyncjob.resource;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One wait of an attempt: its plan, and its record once it has begun and ended. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Phase(
    @Required @JsonPropertyDescription("Which of the two waits this is.") PhaseName name,
    @Required
        @JsonPropertyDescription(
            "How long this phase takes, jitter applied, in whole milliseconds; follows edits of the"
                + " spec until the phase has ended.")
        @JsonSerialize(using = DurationText.Serializer.class)
        @JsonDeserialize(using = DurationText.Deserializer.class)
        @Pattern(DurationText.PATTERN)
        @Size(max = 32)
        Duration duration,
    @JsonPropertyDescription("How long this phase was frozen by suspensions, when it was.")
        @JsonSerialize(using = DurationText.Serializer.class)
        @JsonDeserialize(using = DurationText.Deserializer.class)
        @Pattern(DurationText.PATTERN)
        @Size(max = 32)
        @Nullable Duration frozenDuration,
    @JsonPropertyDescription("When this phase began: the due time of what came before it.")
        @JsonSerialize(using = InstantText.Serializer.class)
        @JsonDeserialize(using = InstantText.Deserializer.class)
        @Size(max = 40)
        @Nullable Instant startTime,
    @JsonPropertyDescription("When this phase was due to end; absent until it has ended.")
        @JsonSerialize(using = InstantText.Serializer.class)
        @JsonDeserialize(using = InstantText.Deserializer.class)
        @Size(max = 40)
        @Nullable Instant endTime) {

  public Phase {
    requireNonNull(name, "name");
    requireNonNull(duration, "duration");
  }

  public static Phase planned(PhaseName name, Duration duration) {
    return new Phase(name, duration, null, null, null);
  }

  public Phase startedAt(Instant start) {
    return new Phase(name, duration, frozenDuration, start, endTime);
  }

  public Phase endedAt(Instant end) {
    return new Phase(name, duration, frozenDuration, startTime, end);
  }

  public Phase lasting(Duration newDuration) {
    return new Phase(name, newDuration, frozenDuration, startTime, endTime);
  }

  public Phase frozenFor(Duration frozen) {
    return new Phase(name, duration, frozen, startTime, endTime);
  }
}
