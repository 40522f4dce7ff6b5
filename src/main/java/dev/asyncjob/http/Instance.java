package dev.asyncjob.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.store.Annotations;
import dev.asyncjob.store.InstanceId;
import dev.asyncjob.store.Request;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job as an orchestration instance. From the moment a restart is asked for, the instance is that
 * of the next attempt: a poller must not take the end of the last one for the end of this one.
 */
record Instance(AsyncJob job) {
  InstanceId id() {
    return InstanceId.of(job);
  }

  RuntimeStatus runtimeStatus() {
    return current().map(AsyncJobStatus::runtimeStatus).orElse(RuntimeStatus.Pending);
  }

  boolean isFinished() {
    return runtimeStatus().isFinished();
  }

  Optional<CustomStatus> customStatus() {
    return current().map(AsyncJobStatus::customStatus);
  }

  boolean isSuspensionWanted() {
    return spec().map(AsyncJobSpec::suspend).orElse(false);
  }

  boolean isTerminationWanted() {
    return spec().map(AsyncJobSpec::termination).isPresent();
  }

  /**
   * The time of the request that began the attempt. The operator's own time would make this value
   * jump once the job is accepted.
   */
  Instant createdTime() {
    return Request.of(job)
        .map(Request::time)
        .or(() -> status().map(AsyncJobStatus::createdTime))
        .orElseGet(() -> Instant.parse(job.getMetadata().getCreationTimestamp()));
  }

  Instant lastUpdatedTime() {
    var created = createdTime();
    return current()
        .map(AsyncJobStatus::lastUpdatedTime)
        .filter(updated -> updated.isAfter(created))
        .orElse(created);
  }

  /** As JSON: as it came, or for a job that did not come by HTTP, what it amounts to. */
  String input() {
    return originalInput()
        .orElseGet(() -> OrchestratorInput.of(spec(), current()).json())
        .toString();
  }

  /** The input as it came, if it came. */
  Optional<JsonNode> originalInput() {
    return Request.of(job).flatMap(Request::input);
  }

  /** As JSON; null until the end. */
  String output() {
    return switch (runtimeStatus()) {
      case Pending, Running, Suspended -> JsonText.NULL;
      case Completed ->
          current()
              .map(AsyncJobStatus::output)
              .map(output -> output.compact())
              .orElse("[]"); // What the original app's orchestrator returns.
      case Failed -> JsonText.text(failure());
      case Terminated -> terminationReason().map(Instance::asJson).orElse(JsonText.NULL);
    };
  }

  /** The status of the attempt that the spec asks for, once there is one. */
  Optional<AsyncJobStatus> current() {
    return status().filter(status -> status.isAccepted() && !isRestartOwed(status));
  }

  Optional<AsyncJobSpec> spec() {
    return Optional.ofNullable(job.getSpec());
  }

  private Optional<AsyncJobStatus> status() {
    return Optional.ofNullable(job.getStatus());
  }

  private boolean isRestartOwed(AsyncJobStatus status) {
    @Nullable Long begun = status.restartNonce();
    return Request.restartNonce(job) > (begun == null ? 0 : begun);
  }

  private String failure() {
    var message = current().map(AsyncJobStatus::message).orElse("");
    return message.isEmpty()
        ? current()
            .flatMap(status -> status.condition(ConditionType.Failed))
            .map(condition -> condition.reason())
            .orElse("Failed")
        : message;
  }

  /** In full, also where it is longer than the spec takes. */
  Optional<String> terminationReason() {
    var reason = spec().map(AsyncJobSpec::termination).map(termination -> termination.reason());
    return Optional.ofNullable(job.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Annotations.TERMINATION_REASON))
        .filter(whole -> reason.filter(whole::startsWith).isPresent())
        .or(() -> reason);
  }

  /** Text that is JSON is taken as such, as Durable Functions does with a termination's reason. */
  private static String asJson(String text) {
    return JsonText.parse(text).map(json -> json.toString()).orElseGet(() -> JsonText.text(text));
  }
}
