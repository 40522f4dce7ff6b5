package dev.asyncjob.resource;

/**
 * The admission rules that compare a job with what it was, in CEL: the API server refuses what
 * breaks them, so no webhook is needed. Rules of the root run on writes of the status as well.
 *
 * <p>Fields are compared behind has(): the API server takes the length of an optional value for
 * unlimited, and refuses a definition whose rules could cost that much.
 */
final class Rules {
  private static final String RAISED = ".?restartNonce.orValue(0) > oldSelf";

  private static final String JOB_RESTARTS =
      "self.spec" + RAISED + ".spec.?restartNonce.orValue(0)";

  private static final String SPEC_RESTARTS = "self" + RAISED + ".?restartNonce.orValue(0)";

  private static final String WAS_FINISHED =
      "oldSelf.?status.?runtimeStatus.orValue('') in ['Completed', 'Failed', 'Terminated']";

  static final String FINISHED_JOB_CHANGES_ONLY_BY_RESTART =
      "!("
          + WAS_FINISHED
          + ") || "
          + JOB_RESTARTS
          + " || ("
          + "(has(self.spec.queuedDuration) ? has(oldSelf.spec.queuedDuration) && self.spec.queuedDuration == oldSelf.spec.queuedDuration"
          + " : !has(oldSelf.spec.queuedDuration))"
          + " && (has(self.spec.inProgressDuration) ? has(oldSelf.spec.inProgressDuration) && self.spec.inProgressDuration == oldSelf.spec.inProgressDuration"
          + " : !has(oldSelf.spec.inProgressDuration))"
          + " && (has(self.spec.thirdPartyJobId) ? has(oldSelf.spec.thirdPartyJobId) && self.spec.thirdPartyJobId == oldSelf.spec.thirdPartyJobId"
          + " : !has(oldSelf.spec.thirdPartyJobId))"
          + " && (has(self.spec.notBeforeTime) ? has(oldSelf.spec.notBeforeTime) && self.spec.notBeforeTime == oldSelf.spec.notBeforeTime"
          + " : !has(oldSelf.spec.notBeforeTime))"
          + " && (has(self.spec.jitterPercent) ? has(oldSelf.spec.jitterPercent) && self.spec.jitterPercent == oldSelf.spec.jitterPercent"
          + " : !has(oldSelf.spec.jitterPercent))"
          + " && (has(self.spec.outcome) ? has(oldSelf.spec.outcome) && self.spec.outcome == oldSelf.spec.outcome"
          + " : !has(oldSelf.spec.outcome))"
          + " && (has(self.spec.suspendPolicy) ? has(oldSelf.spec.suspendPolicy) && self.spec.suspendPolicy == oldSelf.spec.suspendPolicy"
          + " : !has(oldSelf.spec.suspendPolicy))"
          + " && (has(self.spec.termination) ? has(oldSelf.spec.termination) && self.spec.termination == oldSelf.spec.termination"
          + " : !has(oldSelf.spec.termination)))";

  static final String ONLY_A_FINISHED_JOB_RESTARTS = "!(" + JOB_RESTARTS + ") || " + WAS_FINISHED;

  static final String THIRD_PARTY_ID_IS_FIXED_WITHIN_AN_ATTEMPT =
      "!has(oldSelf.thirdPartyJobId)"
          + " || (has(self.thirdPartyJobId) && self.thirdPartyJobId == oldSelf.thirdPartyJobId) || "
          + SPEC_RESTARTS;

  static final String RESTART_NONCE_ONLY_GROWS =
      "!has(oldSelf.restartNonce) || self.?restartNonce.orValue(-1) >= oldSelf.restartNonce";

  static final String TERMINATION_STAYS_UNTIL_RESTART =
      "!has(oldSelf.termination) || has(self.termination) || " + SPEC_RESTARTS;

  static final String RESTART_DROPS_TERMINATION =
      "!(" + SPEC_RESTARTS + ") || !has(oldSelf.termination) || !has(self.termination)";

  private Rules() {}
}
