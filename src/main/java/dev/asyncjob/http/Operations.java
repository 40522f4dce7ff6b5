package dev.asyncjob.http;

import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.store.Annotations;
import dev.asyncjob.store.Decision;
import dev.asyncjob.store.JobPatch;
import dev.asyncjob.store.Jobs;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What can be done to an instance that is there. */
final class Operations {
  private static final int GONE = 410;

  /** As much as spec.termination.reason takes, in code points. */
  private static final int MAX_REASON_LENGTH = 1024;

  private static final Pattern JSON_MEDIA_TYPE =
      Pattern.compile("application/json *(;.*)?", Pattern.CASE_INSENSITIVE);

  private static final Decision<Reply> ACCEPTED = Decision.answer(Reply.empty(Reply.ACCEPTED));

  private final Jobs jobs;
  private final Clock clock;

  Operations(Jobs jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  Reply terminate(Call call) {
    var reason = call.query().text("reason").orElse(null);
    return onUnfinished(
        call,
        instance -> {
          if (instance.isTerminationWanted()) {
            return ACCEPTED;
          }
          var patch = new JobPatch();
          if (reason != null && reason.codePointCount(0, reason.length()) > MAX_REASON_LENGTH) {
            var start = reason.substring(0, reason.offsetByCodePoints(0, MAX_REASON_LENGTH));
            patch
                .spec("termination", "reason", start)
                .annotation(Annotations.TERMINATION_REASON, reason);
          } else {
            patch.spec("termination", "reason", reason);
          }
          return accepting(instance, patch);
        });
  }

  Reply suspend(Call call) {
    return setSuspend(call, true);
  }

  Reply resume(Call call) {
    return setSuspend(call, false);
  }

  private Reply setSuspend(Call call, boolean suspend) {
    return onUnfinished(
        call,
        instance ->
            instance.isSuspensionWanted() == suspend
                ? Decision.answer(alreadyIs(instance, suspend))
                : accepting(instance, new JobPatch().spec("suspend", suspend)));
  }

  private static Reply alreadyIs(Instance instance, boolean suspend) {
    return Problem.messageReply(
        409,
        "Cannot %s the orchestration instance %s because instance is in the %s state."
            .formatted(
                suspend ? "suspend" : "resume",
                instance.id(),
                suspend ? RuntimeStatus.Suspended : instance.runtimeStatus()));
  }

  /** No instance waits for an event: it is taken, and nothing follows. */
  Reply raiseEvent(Call call) {
    return onUnfinished(
        call,
        instance -> {
          var type = call.header("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
          if (!JSON_MEDIA_TYPE.matcher(type).matches()) {
            return Decision.answer(
                Problem.messageReply(400, "Only application/json request content is supported"));
          }
          return JsonText.parse(call.body()).isPresent()
              ? ACCEPTED
              : Decision.answer(Problem.invalidJsonReply());
        });
  }

  Reply rewind(Call call) {
    var attempt = new Attempt(clock.instant());
    return on(
        call,
        // The dollar sign is in the original's text.
        Reply.json(
            404, "No orchestration with instance ID \"$%s\" found.".formatted(call.instanceId())),
        instance ->
            instance.runtimeStatus() == RuntimeStatus.Failed
                ? accepting(instance, attempt.next(instance))
                : Decision.answer(
                    Reply.json(
                        412,
                        ("This orchestration has status %s, but only orchestrations in the"
                                + " \"Failed\" state can be rewound.")
                            .formatted(instance.runtimeStatus()))));
  }

  private Reply onUnfinished(Call call, Function<Instance, Decision<Reply>> rule) {
    return on(
        call,
        Reply.empty(404),
        instance ->
            instance.isFinished() ? Decision.answer(Reply.empty(GONE)) : rule.apply(instance));
  }

  private Reply on(Call call, Reply unknown, Function<Instance, Decision<Reply>> rule) {
    return jobs.decide(
        call.namespaceFor(Verb.patch),
        call.instanceId(),
        job -> job.map(Instance::new).map(rule).orElseGet(() -> Decision.answer(unknown)));
  }

  private static Decision<Reply> accepting(Instance instance, JobPatch patch) {
    return Decision.patch(instance.job(), patch, Reply.empty(Reply.ACCEPTED));
  }
}
