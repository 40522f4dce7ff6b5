package dev.asyncjob.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.asyncjob.resource.RuntimeStatus;
import org.jspecify.annotations.Nullable;

/** What happened to an instance, in the form of the Durable Functions HTTP API. */
sealed interface HistoryEvent {

  /** The kind of event is the name of its class. */
  @JsonProperty("EventType")
  default String eventType() {
    return getClass().getSimpleName();
  }

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  @JsonPropertyOrder({
    "EventType",
    "Input",
    "Correlation",
    "ScheduledStartTime",
    "Generation",
    "Timestamp",
    "FunctionName"
  })
  record ExecutionStarted(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String input,
      @Nullable String correlation,
      @Nullable String scheduledStartTime,
      int generation,
      String timestamp,
      String functionName)
      implements HistoryEvent {
    ExecutionStarted(@Nullable String input, String timestamp) {
      this(input, null, null, 0, timestamp, InstanceStatus.NAME);
    }
  }

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  @JsonPropertyOrder({"EventType", "FireAt", "Timestamp"})
  record TimerCreated(String fireAt, String timestamp) implements HistoryEvent {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  @JsonPropertyOrder({"EventType", "FireAt", "Timestamp"})
  record TimerFired(String fireAt, String timestamp) implements HistoryEvent {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  @JsonPropertyOrder({"EventType", "Input", "TerminateDescendants", "Timestamp"})
  record ExecutionTerminated(
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable String input,
      boolean terminateDescendants,
      String timestamp)
      implements HistoryEvent {}

  @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
  @JsonPropertyOrder({"EventType", "OrchestrationStatus", "Result", "FailureDetails", "Timestamp"})
  record ExecutionCompleted(
      RuntimeStatus orchestrationStatus,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable String result,
      @Nullable String failureDetails,
      String timestamp)
      implements HistoryEvent {
    ExecutionCompleted(RuntimeStatus status, @Nullable String result, String timestamp) {
      this(status, result, null, timestamp);
    }
  }
}
