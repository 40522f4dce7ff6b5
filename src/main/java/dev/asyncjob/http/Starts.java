package dev.asyncjob.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.store.Decision;
import dev.asyncjob.store.InstanceId;
import dev.asyncjob.store.JobPatch;
import dev.asyncjob.store.Jobs;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Start and restart in the management API. */
final class Starts {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final String DEFAULT_CONNECTION = "Storage";

  private final Jobs jobs;
  private final Waiting waiting;
  private final Clock clock;

  Starts(Jobs jobs, Waiting waiting, Clock clock) {
    this.jobs = jobs;
    this.waiting = waiting;
    this.clock = clock;
  }

  CompletableFuture<Reply> startUnnamed(Call call) {
    return start(call, newId());
  }

  CompletableFuture<Reply> start(Call call) {
    return start(call, call.instanceId());
  }

  private CompletableFuture<Reply> start(Call call, InstanceId id) {
    requireOrchestrator(call.path("functionName"));
    var json = input(call.body());
    var input = OrchestratorInput.from(json);
    IdRules.problem(id)
        .ifPresent(
            problem -> {
              throw Problem.argument(problem);
            });
    var wait = Wait.of(call.query());
    // The answer to a wait tells about the instance.
    wait.ifPresent(w -> call.namespaceFor(Verb.get));
    var namespace = call.namespaceFor(Verb.create);
    var attempt = new Attempt(clock.instant());
    var accepted = accepted(call, id);
    var reply =
        jobs.decide(
            namespace,
            id,
            found -> {
              if (found.isEmpty()) {
                return Decision.create(attempt.job(namespace, id, input, json), accepted);
              }
              var instance = new Instance(found.get());
              if (!instance.isFinished()) {
                return Decision.answer(
                    Problem.messageReply(
                        409,
                        "An Orchestration instance with the status %s already exists."
                            .formatted(instance.runtimeStatus())));
              }
              call.caller().require(Verb.patch, namespace);
              return next(instance, attempt.next(instance, input, json), accepted);
            });
    return orWait(call, id, wait, reply);
  }

  CompletableFuture<Reply> restart(Call call) {
    var wait = Wait.of(call.query());
    var isNew = call.query().flag("restartWithNewInstanceId", true);
    var namespace = call.namespaceFor(Verb.get, isNew ? Verb.create : Verb.patch);
    var attempt = new Attempt(clock.instant());
    var id = isNew ? newId() : call.instanceId();
    var accepted = accepted(call, id);
    var reply =
        jobs.decide(
            namespace,
            call.instanceId(),
            found -> {
              if (found.isEmpty()) {
                return Decision.answer(Problem.unknownInstance());
              }
              var instance = new Instance(found.get());
              if (isNew) {
                return Decision.create(attempt.copy(instance, id), accepted);
              }
              if (!instance.isFinished()) {
                return Decision.answer(
                    Problem.existsAlready(
                        "A non-terminal instance with this instance ID already exists."));
              }
              return next(instance, attempt.next(instance), accepted);
            });
    return orWait(call, id, wait, reply);
  }

  /** A job that is being deleted begins nothing any more. */
  static Decision<Reply> next(Instance finished, JobPatch patch, Reply accepted) {
    return finished.job().isMarkedForDeletion()
        ? Decision.answer(
            Problem.messageReply(503, "The job is being deleted").retryAfter(Duration.ofSeconds(1)))
        : Decision.patch(finished.job(), patch, accepted);
  }

  private CompletableFuture<Reply> orWait(
      Call call, InstanceId id, Optional<Wait> wait, Reply reply) {
    if (wait.isEmpty() || reply.status() != Reply.ACCEPTED) {
      return CompletableFuture.completedFuture(reply);
    }
    return waiting.await(wait.get(), () -> end(call.namespace(), id, reply), reply);
  }

  /**
   * What is answered once an instance has ended; until then nothing. One that was deleted never
   * ends, and to look for it until the time is over would cost the API server a read each time.
   */
  private Optional<Reply> end(String namespace, InstanceId id, Reply whenDeleted) {
    var found = jobs.find(namespace, id, job -> !new Instance(job).isFinished());
    return found.isEmpty()
        ? Optional.of(whenDeleted)
        : found.map(Instance::new).filter(Instance::isFinished).map(Starts::ended);
  }

  private static Reply ended(Instance instance) {
    return instance.runtimeStatus() == RuntimeStatus.Completed
        ? Reply.rawJson(Reply.OK, instance.output())
        : Reply.json(Reply.OK, InstanceStatus.of(instance, true));
  }

  private static Reply accepted(Call call, InstanceId id) {
    var body =
        CheckStatus.of(
            id,
            call.urls(),
            call.hub().name(),
            call.query().nonBlank("connection").orElse(DEFAULT_CONNECTION),
            call.query().flag("returnInternalServerErrorOnFailure", false));
    return Reply.json(Reply.ACCEPTED, body)
        .with("Location", body.statusQueryGetUri())
        .retryAfter(RETRY_AFTER);
  }

  private static JsonNode input(byte[] body) {
    return new String(body, StandardCharsets.UTF_8).isBlank()
        ? NullNode.getInstance()
        : JsonText.parse(body).orElseThrow(Problem::invalidJson);
  }

  /** The original app's orchestrator, also by the name that it had later. */
  private static void requireOrchestrator(String name) {
    if (!name.equalsIgnoreCase(InstanceStatus.NAME)
        && !name.equalsIgnoreCase("JobStartOrchestrator")) {
      throw Problem.argument(
          ("The function '%s' doesn't exist, is disabled, or is not an orchestrator function."
                  + " Additional info: the orchestrator function is '%s'")
              .formatted(name, InstanceStatus.NAME));
    }
  }

  /** As Guid.ToString("N") writes it. */
  private static InstanceId newId() {
    return new InstanceId(UUID.randomUUID().toString().replace("-", ""));
  }
}
