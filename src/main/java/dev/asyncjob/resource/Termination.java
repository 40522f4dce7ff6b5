package dev.asyncjob.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The wish to end a job at once; its presence is what counts. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Termination(
    @JsonPropertyDescription("Why, in words for people; shown as status.message.") @Size(max = 1024)
        @Nullable String reason) {}
