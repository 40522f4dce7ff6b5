package dev.asyncjob.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants of a job. Every field is optional and absent means unset: defaults are resolved
 * when an attempt is accepted, and recorded in {@link AsyncJobStatus#phases()}.
 */
@ValidationRule(
    value = Rules.THIRD_PARTY_ID_IS_FIXED_WITHIN_AN_ATTEMPT,
    message = "thirdPartyJobId must not change once set",
    fieldPath = ".thirdPartyJobId",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = Rules.RESTART_NONCE_ONLY_GROWS,
    message = "restartNonce must not be lowered or removed",
    fieldPath = ".restartNonce",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = Rules.TERMINATION_STAYS_UNTIL_RESTART,
    message = "termination must stay until restartNonce is raised",
    fieldPath = ".termination",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = Rules.RESTART_DROPS_TERMINATION,
    message = "termination must be removed when restartNonce is raised",
    fieldPath = ".termination")
@JsonIgnoreProperties(ignoreUnknown = true)
public record AsyncJobSpec(
    @JsonPropertyDescription(
            "How long the job is Queued, such as 20s, 1m30s or 500ms. Unset: the operator's default."
                + " May be edited until the phase has ended.")
        @JsonSerialize(using = DurationText.Serializer.class)
        @JsonDeserialize(using = DurationText.Deserializer.class)
        @Pattern(DurationText.PATTERN)
        @Size(max = 32)
        @Nullable Duration queuedDuration,
    @JsonPropertyDescription(
            "How long the job is InProgress, such as 20s, 1m30s or 500ms. Unset: the operator's"
                + " default. May be edited until the phase has ended.")
        @JsonSerialize(using = DurationText.Serializer.class)
        @JsonDeserialize(using = DurationText.Deserializer.class)
        @Pattern(DurationText.PATTERN)
        @Size(max = 32)
        @Nullable Duration inProgressDuration,
    @JsonPropertyDescription(
            "The id that the third party is said to have given the job; fixed within an attempt."
                + " Unset: a UUID derived from the job's uid and attempt.")
        @Size(min = 1, max = 128)
        @Pattern("^[^\\x00-\\x1f\\x7f]+$")
        @Nullable String thirdPartyJobId,
    @JsonPropertyDescription(
            "The job stays Pending until then: RFC 3339, before the year 2200. Counts until Queued"
                + " begins.")
        @JsonSerialize(using = InstantText.Serializer.class)
        @JsonDeserialize(using = InstantText.Deserializer.class)
        @Size(max = 40)
        @Pattern(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])$")
        @ValidationRule(
            value = "self < timestamp('2200-01-01T00:00:00Z')",
            message = "notBeforeTime must be before 2200-01-01")
        @Nullable Instant notBeforeTime,
    @JsonPropertyDescription(
            "Spreads both durations: each is multiplied by 1 + jitterPercent/100 * r, with r between"
                + " -1 and 1 and fixed for each phase of each attempt of each job. 0 when unset.")
        @Min(0)
        @Max(100)
        @Nullable Integer jitterPercent,
    @JsonPropertyDescription("How the job ends.") @Nullable Outcome outcome,
    @JsonPropertyDescription("true holds the job, false lets it go on; as in batch/v1 Job.")
        @Nullable Boolean suspend,
    @JsonPropertyDescription(
            "What a suspension does to the running wait. Freeze (when unset): the remaining time is"
                + " kept. Continue: the clock runs on. Read when the suspension begins.")
        @Nullable SuspendPolicy suspendPolicy,
    @JsonPropertyDescription(
            "Its presence, even as {}, ends an unfinished job at once as Terminated. It stays until"
                + " the job is restarted.")
        @Nullable Termination termination,
    @JsonPropertyDescription(
            "Raising it on a finished job starts the next attempt; that same update may change"
                + " everything else and must drop termination. It never shrinks. 0 when unset.")
        @Min(0)
        @Nullable Long restartNonce,
    @JsonPropertyDescription(
            "How long a finished job is kept, in seconds from completionTime; 0 deletes it at once."
                + " Unset: the operator's default, which keeps it for ever unless set.")
        @Min(0)
        @Max(Integer.MAX_VALUE)
        @Nullable Integer ttlSecondsAfterFinished) {}
