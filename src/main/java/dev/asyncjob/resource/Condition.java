package dev.asyncjob.resource;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One observation in the standard form of Kubernetes conditions (metav1.Condition), with
 * descriptions and limits, which fabric8's own class lacks.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
    @Required @JsonPropertyDescription("What is observed.") ConditionType type,
    @Required @JsonPropertyDescription("Whether it holds.") ConditionStatus status,
    @JsonPropertyDescription("The metadata.generation that this condition was last seen true of.")
        @Min(0)
        @Nullable Long observedGeneration,
    @Required
        @JsonPropertyDescription("When status last changed, RFC 3339 UTC with milliseconds.")
        @JsonSerialize(using = InstantText.Serializer.class)
        @JsonDeserialize(using = InstantText.Deserializer.class)
        @Size(max = 40)
        Instant lastTransitionTime,
    @Required
        @JsonPropertyDescription("Why, as one CamelCase word for programs.")
        @Size(min = 1, max = 1024)
        @Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
        String reason,
    @Required @JsonPropertyDescription("Why, in words for people; may be empty.") @Size(max = 32768)
        String message) {

  public Condition {
    requireNonNull(type, "type");
    requireNonNull(status, "status");
    requireNonNull(lastTransitionTime, "lastTransitionTime");
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
  }

  public Condition observedAt(long generation) {
    return new Condition(type, status, generation, lastTransitionTime, reason, message);
  }

  @JsonIgnore
  public boolean isTrue() {
    return status == ConditionStatus.True;
  }
}
