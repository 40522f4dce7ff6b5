package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.resource.ConditionStatus;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.Phase;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class RestartIT {

  @Flow
  void afterTheEndWithEverythingChanged(Jobs jobs) {
    jobs.apply(
        "x",
        "{queuedDuration: 0s, inProgressDuration: 0s, thirdPartyJobId: first, outcome: {output: 1}}");
    var first = jobs.await("x", "Completed/Completed").status();

    jobs.apply(
        "x",
        "{queuedDuration: 600s, inProgressDuration: 700s, thirdPartyJobId: second, restartNonce: 1,"
            + " outcome: {output: 2}}");

    var second = jobs.await("x", "Queued/Running").status();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.restartNonce()).isEqualTo(1);
    assertThat(second.thirdPartyJobId()).isEqualTo("second");
    assertThat(second.createdTime()).isAfterOrEqualTo(first.completionTime());
    assertThat(second.completionTime()).isNull();
    assertThat(second.output()).isNull();
    assertThat(second.phases())
        .extracting(Phase::duration)
        .containsExactly(Duration.ofMinutes(10), Duration.ofSeconds(700));
    assertThat(second.phases().get(0).startTime()).isEqualTo(second.createdTime());
    assertThat(second.phases().get(1).startTime()).isNull();
    assertThat(second.isTrue(ConditionType.Started)).isTrue();
    for (var type : new ConditionType[] {ConditionType.Finished, ConditionType.Complete}) {
      var condition = second.condition(type).orElseThrow();
      assertThat(condition.status()).isEqualTo(ConditionStatus.False);
      assertThat(condition.reason()).isEqualTo("Restarted");
    }
    assertThat(jobs.states("x"))
        .containsExactly(
            "-/-",
            "Queued/Running",
            "InProgress/Running",
            "Completed/Completed",
            "Completed/Completed",
            "Queued/Running");
  }

  @Flow
  void aWaitForTheEndWaitsForTheNewAttempt(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s}");
    jobs.await("x", "Completed/Completed");
    jobs.edit("x", "{\"restartNonce\": 1, \"queuedDuration\": \"1s\"}");

    jobs.kubectl().get("wait", "aj/x", "--for=condition=Finished", "--timeout=20s");

    var completed = jobs.await("x", "Completed/Completed");
    assertThat(completed.status().attempt()).isEqualTo(2);
    assertThat(completed.queued().duration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(jobs.states("x"))
        .containsExactly(
            "-/-",
            "Queued/Running",
            "InProgress/Running",
            "Completed/Completed",
            "Completed/Completed",
            "Queued/Running",
            "InProgress/Running",
            "Completed/Completed");
  }

  @Flow
  void eachAttemptHasAThirdPartyIdOfItsOwn(Jobs jobs) throws Exception {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s}");
    var first = jobs.await("x", "Completed/Completed");
    jobs.edit("x", "{\"restartNonce\": 7, \"queuedDuration\": \"600s\"}");
    var second = jobs.await("x", "Queued/Running");

    assertThat(first.status().thirdPartyJobId()).isEqualTo(nameBased(first.uid(), "1"));
    assertThat(second.status().thirdPartyJobId()).isEqualTo(nameBased(first.uid(), "2"));
    assertThat(second.status().restartNonce()).isEqualTo(7);
  }

  @Flow
  void ofATerminatedJobDropsTheTermination(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s, termination: {reason: superseded}}");
    jobs.await("x", "-/Terminated");

    jobs.apply("x", "{queuedDuration: 600s, restartNonce: 1}");

    var queued = jobs.await("x", "Queued/Running").status();
    assertThat(queued.attempt()).isEqualTo(2);
    assertThat(queued.message()).isEmpty();
    assertThat(queued.isTrue(ConditionType.Failed)).isFalse();
    assertThat(queued.isTrue(ConditionType.Stalled)).isFalse();
  }

  @Flow
  void ofAFailedJob(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s, outcome: {failurePercent: 100}}");
    jobs.await("x", "Failed/Failed");

    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s, restartNonce: 1}");

    var completed = jobs.await("x", "Completed/Completed").status();
    assertThat(completed.isTrue(ConditionType.Failed)).isFalse();
    assertThat(completed.isTrue(ConditionType.Complete)).isTrue();
  }

  @Flow
  void withSuspendWaitsForTheResume(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s}");
    jobs.await("x", "Completed/Completed");

    jobs.edit("x", "{\"restartNonce\": 1, \"suspend\": true}");

    var held = jobs.await("x", "-/Pending").status();
    assertThat(held.attempt()).isEqualTo(2);
    assertThat(held.isTrue(ConditionType.Suspended)).isTrue();
    jobs.edit("x", "{\"suspend\": false}");
    assertThat(jobs.await("x", "Completed/Completed").status().attempt()).isEqualTo(2);
  }

  @Flow
  void withNotBeforeTimeWaitsForIt(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 0s, inProgressDuration: 0s}");
    jobs.await("x", "Completed/Completed");

    jobs.edit("x", "{\"restartNonce\": 1, \"notBeforeTime\": \"2199-01-01T00:00:00Z\"}");

    var pending = jobs.await("x", "-/Pending").status();
    assertThat(pending.attempt()).isEqualTo(2);
    assertThat(pending.nextTransitionTime()).isEqualTo("2199-01-01T00:00:00Z");
  }

  @Flow
  void isRefusedOnARunningJob(Jobs jobs) {
    jobs.apply("x", "{queuedDuration: 600s}");
    jobs.await("x", "Queued/Running");

    var result = jobs.tryToApply("x", "{queuedDuration: 600s, restartNonce: 1}");

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.stderr())
        .contains("spec.restartNonce")
        .contains("must only be raised on a finished job");
    assertThat(jobs.versions("x")).hasSize(2);
  }

  /** UUID version 5, which Java does not have, with the job's uid as the name space. */
  private static String nameBased(String uid, String name) throws Exception {
    var space = UUID.fromString(uid);
    var digest = MessageDigest.getInstance("SHA-1");
    digest.update(
        ByteBuffer.allocate(16)
            .putLong(space.getMostSignificantBits())
            .putLong(space.getLeastSignificantBits())
            .array());
    var hash = Arrays.copyOf(digest.digest(name.getBytes(StandardCharsets.UTF_8)), 16);
    hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
    hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
    var bits = ByteBuffer.wrap(hash);
    return new UUID(bits.getLong(), bits.getLong()).toString();
  }
}
