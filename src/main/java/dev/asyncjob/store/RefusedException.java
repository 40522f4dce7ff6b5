package dev.asyncjob.store;

/** The API server's rules forbid a write, and do so for good. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RefusedException(String why) {
    super(why);
  }
}
