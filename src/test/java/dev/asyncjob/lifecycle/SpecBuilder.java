package dev.asyncjob.lifecycle;

import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.resource.Json;
import dev.asyncjob.resource.Outcome;
import dev.asyncjob.resource.SuspendPolicy;
import dev.asyncjob.resource.Termination;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A spec as a user has it in an editor: every field can be set, changed and taken away. */
public final class SpecBuilder {
  private @Nullable Duration queued;
  private @Nullable Duration inProgress;
  private @Nullable String thirdPartyJobId;
  private @Nullable Instant notBefore;
  private @Nullable Integer jitterPercent;
  private @Nullable Outcome outcome;
  private @Nullable Boolean suspend;
  private @Nullable SuspendPolicy suspendPolicy;
  private @Nullable Termination termination;
  private @Nullable Long restartNonce;
  private @Nullable Integer timeToLive;

  public SpecBuilder() {}

  public SpecBuilder(AsyncJobSpec from) {
    queued = from.queuedDuration();
    inProgress = from.inProgressDuration();
    thirdPartyJobId = from.thirdPartyJobId();
    notBefore = from.notBeforeTime();
    jitterPercent = from.jitterPercent();
    outcome = from.outcome();
    suspend = from.suspend();
    suspendPolicy = from.suspendPolicy();
    termination = from.termination();
    restartNonce = from.restartNonce();
    timeToLive = from.ttlSecondsAfterFinished();
  }

  public SpecBuilder queued(@Nullable String duration) {
    queued = duration == null ? null : DurationText.parse(duration);
    return this;
  }

  public SpecBuilder inProgress(@Nullable String duration) {
    inProgress = duration == null ? null : DurationText.parse(duration);
    return this;
  }

  public SpecBuilder thirdPartyJobId(@Nullable String id) {
    thirdPartyJobId = id;
    return this;
  }

  public SpecBuilder notBefore(@Nullable Instant time) {
    notBefore = time;
    return this;
  }

  public SpecBuilder jitterPercent(@Nullable Integer percent) {
    jitterPercent = percent;
    return this;
  }

  /** Fails at its end, with this reason and message. */
  public SpecBuilder failing(@Nullable String reason, @Nullable String message) {
    outcome = new Outcome(100, reason, message, output());
    return this;
  }

  public SpecBuilder failurePercent(int percent) {
    outcome = new Outcome(percent, null, null, output());
    return this;
  }

  public SpecBuilder output(String json) {
    outcome = new Outcome(null, null, null, new Json(json));
    return this;
  }

  public SpecBuilder noOutcome() {
    outcome = null;
    return this;
  }

  public SpecBuilder suspend(@Nullable Boolean wanted) {
    suspend = wanted;
    return this;
  }

  public SpecBuilder suspendPolicy(@Nullable SuspendPolicy policy) {
    suspendPolicy = policy;
    return this;
  }

  public SpecBuilder terminated(@Nullable String reason) {
    termination = new Termination(reason);
    return this;
  }

  public SpecBuilder notTerminated() {
    termination = null;
    return this;
  }

  public SpecBuilder restartNonce(@Nullable Long nonce) {
    restartNonce = nonce;
    return this;
  }

  /** What starts the next attempt: a greater nonce, and no termination. */
  public SpecBuilder restarted() {
    restartNonce = restartNonce == null ? 1 : restartNonce + 1;
    return notTerminated();
  }

  public SpecBuilder timeToLive(@Nullable Integer seconds) {
    timeToLive = seconds;
    return this;
  }

  public AsyncJobSpec build() {
    return new AsyncJobSpec(
        queued,
        inProgress,
        thirdPartyJobId,
        notBefore,
        jitterPercent,
        outcome,
        suspend,
        suspendPolicy,
        termination,
        restartNonce,
        timeToLive);
  }

  private @Nullable Json output() {
    return outcome == null ? null : outcome.output();
  }
}
