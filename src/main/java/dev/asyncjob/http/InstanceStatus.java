package dev.asyncjob.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.RuntimeStatus;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status document of the Durable Functions HTTP API ("Get instance status"), keys in its order.
 * Nulls are written, since the JavaScript SDK fails without them; only the history may be absent.
 */
@JsonPropertyOrder({
  "name",
  "instanceId",
  "runtimeStatus",
  "input",
  "customStatus",
  "output",
  "createdTime",
  "lastUpdatedTime",
  "historyEvents"
})
record InstanceStatus(
    String name,
    String instanceId,
    RuntimeStatus runtimeStatus,
    @JsonRawValue String input,
    @Nullable CustomStatus customStatus,
    @JsonRawValue String output,
    String createdTime,
    String lastUpdatedTime,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<HistoryEvent> historyEvents) {

  /** The function that every job is an instance of. */
  static final String NAME = "AsyncJobOrchestrator";

  static InstanceStatus of(Instance instance, boolean showInput) {
    return new InstanceStatus(
        NAME,
        instance.id().text(),
        instance.runtimeStatus(),
        showInput ? instance.input() : JsonText.NULL,
        instance.customStatus().orElse(null),
        instance.output(),
        wholeSeconds(instance.createdTime()),
        wholeSeconds(instance.lastUpdatedTime()),
        null);
  }

  InstanceStatus with(List<HistoryEvent> history) {
    return new InstanceStatus(
        name,
        instanceId,
        runtimeStatus,
        input,
        customStatus,
        output,
        createdTime,
        lastUpdatedTime,
        history);
  }

  private static String wholeSeconds(Instant time) {
    return DateTimeFormatter.ISO_INSTANT.format(time.truncatedTo(ChronoUnit.SECONDS));
  }
}
