package dev.asyncjob.connection;

import org.jspecify.annotations.Nullable;

/** The operator cannot run; its reason says why, and what to do. */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  StartupException(String reason) {
    this(reason, null);
  }

  public StartupException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = message;
  }

  /** What is wrong, and what to do. */
  public String reason() {
    return reason;
  }
}
