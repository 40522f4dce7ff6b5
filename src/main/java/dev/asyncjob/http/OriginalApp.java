package dev.asyncjob.http;

import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.store.Decision;
import dev.asyncjob.store.InstanceId;
import dev.asyncjob.store.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The two routes of the original AsyncJob app. */
final class OriginalApp {
  private static final String PREFIX = "job-";

  /** The original sends none; it helps clients that would else ask as fast as they can. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final Jobs jobs;
  private final Supplier<HttpSettings.Durations> durations;
  private final Clock clock;

  OriginalApp(Jobs jobs, Supplier<HttpSettings.Durations> durations, Clock clock) {
    this.jobs = jobs;
    this.durations = durations;
    this.clock = clock;
  }

  /** Starts the job unless it is under way; the answer is the same in any case. */
  Reply start(Call call) {
    var id = id(call);
    IdRules.problem(id)
        .ifPresent(
            problem -> {
              throw Problem.message(400, problem);
            });
    var namespace = call.namespaceFor(Verb.create);
    var input = input();
    var attempt = new Attempt(clock.instant());
    var payload = WorkerPayload.of(id, call.urls());
    var accepted =
        Reply.workerJson(Reply.ACCEPTED, payload)
            .with("Location", payload.statusQueryGetUri())
            .retryAfter(RETRY_AFTER);
    return jobs.decide(
        namespace,
        id,
        found -> {
          if (found.isEmpty()) {
            return Decision.create(attempt.job(namespace, id, input, input.json()), accepted);
          }
          var instance = new Instance(found.get());
          if (!instance.isFinished()) {
            return Decision.answer(accepted);
          }
          call.caller().require(Verb.patch, namespace);
          return Starts.next(instance, attempt.next(instance, input, input.json()), accepted);
        });
  }

  Reply status(Call call) {
    var namespace = call.namespaceFor(Verb.get);
    var status =
        jobs.find(namespace, id(call), job -> !new Instance(job).isFinished())
            .map(OriginalApp::status)
            .orElse("NotFound");
    return Reply.json(Reply.OK, new JobStatus(status));
  }

  private static String status(AsyncJob job) {
    return new Instance(job).customStatus().map(CustomStatus::name).orElse("Unknown");
  }

  private OrchestratorInput input() {
    var current = durations.get();
    return new OrchestratorInput(
        Optional.of(UUID.randomUUID().toString()),
        Optional.of(current.queued()),
        Optional.of(current.inProgress()));
  }

  private static InstanceId id(Call call) {
    return new InstanceId(PREFIX + call.path("jobName"));
  }

  private record JobStatus(String status) {}
}
