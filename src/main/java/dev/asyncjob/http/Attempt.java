package dev.asyncjob.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.resource.SuspendPolicy;
import dev.asyncjob.store.Annotations;
import dev.asyncjob.store.InstanceId;
import dev.asyncjob.store.JobPatch;
import dev.asyncjob.store.Request;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Optional;

/** An attempt that a request begins: of a new job, or the next one of a finished job. */
final class Attempt {
  private final Instant time;

  Attempt(Instant time) {
    this.time = time;
  }

  /** A job with this input. The clock runs on while it is suspended, as with Durable Functions. */
  AsyncJob job(String namespace, InstanceId id, OrchestratorInput input, JsonNode asItCame) {
    var spec =
        new AsyncJobSpec(
            input.queued().orElse(null),
            input.inProgress().orElse(null),
            input.thirdPartyJobId().orElse(null),
            null,
            null,
            null,
            null,
            SuspendPolicy.Continue,
            null,
            null,
            null);
    return job(namespace, id, spec, Optional.of(asItCame));
  }

  /** A job that does under another id what the given one does. */
  AsyncJob copy(Instance original, InstanceId id) {
    var old = original.spec().orElseThrow(Attempt::unreadable);
    var spec =
        new AsyncJobSpec(
            old.queuedDuration(),
            old.inProgressDuration(),
            old.thirdPartyJobId(),
            old.notBeforeTime(),
            old.jitterPercent(),
            old.outcome(),
            null,
            old.suspendPolicy(),
            null,
            null,
            old.ttlSecondsAfterFinished());
    return job(original.job().getMetadata().getNamespace(), id, spec, original.originalInput());
  }

  /** The next attempt of a finished job, with another input. */
  JobPatch next(Instance finished, OrchestratorInput input, JsonNode asItCame) {
    return next(finished, Optional.of(asItCame))
        .spec("queuedDuration", input.queued().map(DurationText::format).orElse(null))
        .spec("inProgressDuration", input.inProgress().map(DurationText::format).orElse(null))
        .spec("thirdPartyJobId", input.thirdPartyJobId().orElse(null))
        .spec("suspendPolicy", SuspendPolicy.Continue.name());
  }

  /** The next attempt of a finished job, as the last one. */
  JobPatch next(Instance finished) {
    return next(finished, finished.originalInput());
  }

  /** A suspension that outlived the last attempt must not hold the next one. */
  private JobPatch next(Instance finished, Optional<JsonNode> input) {
    var nonce = Request.restartNonce(finished.job()) + 1;
    return new JobPatch()
        .spec("restartNonce", nonce)
        .without("termination")
        .without("suspend")
        .annotation(Annotations.REQUEST, new Request(time, nonce, input).annotation())
        .annotation(Annotations.TERMINATION_REASON, null);
  }

  private AsyncJob job(
      String namespace, InstanceId id, AsyncJobSpec spec, Optional<JsonNode> input) {
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(id.resourceName())
            .addToAnnotations(Annotations.REQUEST, new Request(time, 0, input).annotation());
    if (!id.resourceName().equals(id.text())) {
      metadata.addToAnnotations(Annotations.INSTANCE_ID, id.text());
    }
    return AsyncJob.of(metadata.build(), spec, null, null, null);
  }

  private static Problem unreadable() {
    return Problem.message(409, "The job's spec cannot be read");
  }
}
