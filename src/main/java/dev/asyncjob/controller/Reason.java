package dev.asyncjob.controller;

/** Why something failed, in a line: the first line of what the innermost cause says. */
final class Reason {
  private Reason() {}

  static String of(Throwable failure) {
    if (failure.getCause() != null) {
      return of(failure.getCause());
    }
    var message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
