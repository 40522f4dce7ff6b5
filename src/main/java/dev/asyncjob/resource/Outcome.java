package dev.asyncjob.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How a job ends once both its waits are over. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Outcome(
    @JsonPropertyDescription(
            "How likely the job is to fail at its end, in percent: 0 (when unset) never, 100 always."
                + " The draw is fixed for each attempt of each job.")
        @Min(0)
        @Max(100)
        @Nullable Integer failurePercent,
    @JsonPropertyDescription(
            "Reason of the Failed condition when the job fails, as one CamelCase word."
                + " Failed when unset.")
        @Size(min = 1, max = 64)
        @Pattern("^[A-Z][A-Za-z0-9]*$")
        @ValidationRule(
            value = "!(self in ['Terminated','OutputTooLarge'])",
            message =
                "reason must not be Terminated or OutputTooLarge, which the operator itself uses")
        @Nullable String reason,
    @JsonPropertyDescription("Message of the Failed condition and of status, when the job fails.")
        @Size(max = 1024)
        @Nullable String message,
    @JsonPropertyDescription(
            "What a completed job returns as status.output: any JSON, at most 16 KiB when compact."
                + " A job with more is not started; it fails with reason OutputTooLarge.")
        @PreserveUnknownFields
        @Nullable Json output) {}
