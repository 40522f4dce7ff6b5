package dev.asyncjob.resource;

/**
 * The admission rules that compare a job with what it was, in CEL: the API server refuses what
 * breaks them, so no webhook is needed. Rules of the root run on writes of the status as well.
 *
 * <p>Whole fields are compared behind has(): the API server takes an optional value to be of any
 * length, and refuses a definition whose rules could cost that much.
 */
public final class Rules {
  private static final String RAISED = ".?restartNonce.orValue(0) > oldSelf";

  public static final String JOB_RESTARTS = "self.spec" + RAISED + ".spec.?restartNonce.orValue(0)";

  private static final String SPEC_RESTARTS = "self" + RAISED + ".?restartNonce.orValue(0)";

  public static final String WAS_FINISHED =
      "oldSelf.?status.?runtimeStatus.orValue('') in ['Completed', 'Failed', 'Terminated']";

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
