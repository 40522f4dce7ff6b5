package dev.asyncjob.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a job: the durable record from which the operator, at any moment and after any
 * crash, knows what to do next. Written by the operator alone.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AsyncJobStatus(
    @JsonPropertyDescription(
            "The metadata.generation that this status takes into account; -1 until the operator has"
                + " seen the job.")
        @Min(-1)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("Whether the job waits, runs or has ended.")
        @Nullable RuntimeStatus runtimeStatus,
    @JsonPropertyDescription(
            "The simulated third-party job's own state; absent while Pending, kept while suspended or"
                + " terminated.")
        @Nullable CustomStatus customStatus,
    @JsonPropertyDescription("The id that the third party is said to have given this attempt.")
        @Size(min = 1, max = 128)
        @Nullable String thirdPartyJobId,
    @JsonPropertyDescription("Which attempt this is: 1, and one more for each restart.") @Min(1)
        @Nullable Integer attempt,
    @JsonPropertyDescription(
            "spec.restartNonce when this attempt began; a greater one in spec means that a restart is"
                + " owed.")
        @Min(0)
        @Nullable Long restartNonce,
    @JsonPropertyDescription("When the operator accepted this attempt.")
        @JsonSerialize(using = InstantText.Serializer.class)
        @JsonDeserialize(using = InstantText.Deserializer.class)
        @Size(max = 40)
        @Nullable Instant createdTime,
    @JsonPropertyDescription("When the last transition, suspension or resumption was written.")
        @JsonSerialize(using = InstantText.Serializer.class)
        @JsonDeserialize(using = InstantText.Deserializer.class)
        @Size(max = 40)
        @Nullable Instant lastUpdatedTime,
    @JsonPropertyDescription(
            "When this attempt ended, in whatever way; ttlSecondsAfterFinished counts from it.")
        @JsonSerialize(using = InstantText.Serializer.class)
        @JsonDeserialize(using = InstantText.Deserializer.class)
        @Size(max = 40)
        @Nullable Instant completionTime,
    @JsonPropertyDescription(
            "When the next transition is due: the durable timer. Absent while suspended or finished.")
        @JsonSerialize(using = InstantText.Serializer.class)
        @JsonDeserialize(using = InstantText.Deserializer.class)
        @Size(max = 40)
        @Nullable Instant nextTransitionTime,
    @JsonPropertyDescription("What is left of the running phase; present only while it is frozen.")
        @JsonSerialize(using = DurationText.Serializer.class)
        @JsonDeserialize(using = DurationText.Deserializer.class)
        @Pattern(DurationText.PATTERN)
        @Size(max = 32)
        @Nullable Duration remainingDuration,
    @JsonPropertyDescription(
            "The plan of this attempt, resolved when it was accepted, and its record.")
        @Size(max = 2)
        @Nullable List<Phase> phases,
    @JsonPropertyDescription("spec.outcome.output, once the job has completed.")
        @PreserveUnknownFields
        @Nullable Json output,
    @JsonPropertyDescription("Why the job failed or was terminated, in words for people.")
        @Size(max = 1024)
        @Nullable String message,
    @JsonPropertyDescription(
            "Started, Finished, Complete, Failed, Suspended, Stalled: those that have been True.")
        @Size(max = 8)
        @Nullable List<Condition> conditions) {

  /** The status of a job that the operator has not seen. */
  public static final AsyncJobStatus UNSEEN = new Builder().build();

  public AsyncJobStatus {
    phases = phases == null ? null : List.copyOf(phases);
    conditions = conditions == null ? null : List.copyOf(conditions);
  }

  /** The condition of the given type, if it has ever been True. */
  public Optional<Condition> condition(ConditionType type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(condition -> condition.type() == type).findFirst();
  }

  public boolean isTrue(ConditionType type) {
    return condition(type).map(Condition::isTrue).orElse(false);
  }

  /** Whether an attempt has begun. */
  @JsonIgnore
  public boolean isAccepted() {
    return attempt != null;
  }

  @JsonIgnore
  public boolean isFinished() {
    return runtimeStatus != null && runtimeStatus.isFinished();
  }

  public Builder toBuilder() {
    return new Builder(this);
  }

  /** A status under construction, starting from an existing one; null takes a field away. */
  public static final class Builder {
    private @Nullable Long observedGeneration;
    private @Nullable RuntimeStatus runtimeStatus;
    private @Nullable CustomStatus customStatus;
    private @Nullable String thirdPartyJobId;
    private @Nullable Integer attempt;
    private @Nullable Long restartNonce;
    private @Nullable Instant createdTime;
    private @Nullable Instant lastUpdatedTime;
    private @Nullable Instant completionTime;
    private @Nullable Instant nextTransitionTime;
    private @Nullable Duration remainingDuration;
    private @Nullable List<Phase> phases;
    private @Nullable Json output;
    private @Nullable String message;
    private @Nullable List<Condition> conditions;

    public Builder() {}

    private Builder(AsyncJobStatus from) {
      observedGeneration = from.observedGeneration;
      runtimeStatus = from.runtimeStatus;
      customStatus = from.customStatus;
      thirdPartyJobId = from.thirdPartyJobId;
      attempt = from.attempt;
      restartNonce = from.restartNonce;
      createdTime = from.createdTime;
      lastUpdatedTime = from.lastUpdatedTime;
      completionTime = from.completionTime;
      nextTransitionTime = from.nextTransitionTime;
      remainingDuration = from.remainingDuration;
      phases = from.phases;
      output = from.output;
      message = from.message;
      conditions = from.conditions;
    }

    public Builder observedGeneration(@Nullable Long value) {
      observedGeneration = value;
      return this;
    }

    public Builder runtimeStatus(RuntimeStatus value) {
      runtimeStatus = value;
      return this;
    }

    public Builder customStatus(@Nullable CustomStatus value) {
      customStatus = value;
      return this;
    }

    public Builder thirdPartyJobId(@Nullable String value) {
      thirdPartyJobId = value;
      return this;
    }

    public Builder attempt(@Nullable Integer value) {
      attempt = value;
      return this;
    }

    public Builder restartNonce(@Nullable Long value) {
      restartNonce = value;
      return this;
    }

    public Builder createdTime(@Nullable Instant value) {
      createdTime = value;
      return this;
    }

    public Builder lastUpdatedTime(@Nullable Instant value) {
      lastUpdatedTime = value;
      return this;
    }

    public Builder completionTime(@Nullable Instant value) {
      completionTime = value;
      return this;
    }

    public Builder nextTransitionTime(@Nullable Instant value) {
      nextTransitionTime = value;
      return this;
    }

    public Builder remainingDuration(@Nullable Duration value) {
      remainingDuration = value;
      return this;
    }

    public Builder phases(Phase... value) {
      phases = List.of(value);
      return this;
    }

    public Builder output(@Nullable Json value) {
      output = value;
      return this;
    }

    public Builder message(@Nullable String value) {
      message = value;
      return this;
    }

    public Builder conditions(@Nullable List<Condition> value) {
      conditions = value;
      return this;
    }

    public AsyncJobStatus build() {
      return new AsyncJobStatus(
          observedGeneration,
          runtimeStatus,
          customStatus,
          thirdPartyJobId,
          attempt,
          restartNonce,
          createdTime,
          lastUpdatedTime,
          completionTime,
          nextTransitionTime,
          remainingDuration,
          phases,
          output,
          message,
          conditions);
    }
  }
}
