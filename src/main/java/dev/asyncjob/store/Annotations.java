package dev.asyncjob.store;

/**
 * What the HTTP API keeps of a job beyond its spec. They are notes of the API to itself: no one
 * needs to write them, and a job without them is as good as any other.
 */
public final class Annotations {
  /**
   * The exact instance id of a job whose name is made from it, such as {@code Nightly run #7}. It
   * counts only on the resource whose name is the one made from it.
   */
  public static final String INSTANCE_ID = "asyncjob.dev/instance-id";

  /** The request that began the current attempt, as JSON: see {@link Request}. */
  public static final String REQUEST = "asyncjob.dev/request";

  /** The whole reason of a termination, when it is longer than spec.termination.reason takes. */
  public static final String TERMINATION_REASON = "asyncjob.dev/termination-reason";

  private Annotations() {}
}
