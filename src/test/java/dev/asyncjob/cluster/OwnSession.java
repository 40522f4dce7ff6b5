package dev.asyncjob.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command in a session of its own, where the system has {@code setsid} (Linux).
 *
 * <p>A terminal sends Ctrl-C to its whole process group. It is meant for the JVM, which then
 * decides what ends, and in which order.
 */
final class OwnSession {

  // A shell makes its background jobs ignore SIGINT, and a JVM that begins so ignores it for good.
  // GNU env can undo that.
  private static final String BECOME =
      "env --default-signal=INT true 2>/dev/null && set -- env --default-signal=INT \"$@\"; "
          + "command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"";

  private OwnSession() {}

  static List<String> command(List<String> command) {
    return shell(BECOME, command);
  }

  /** The process waits for a line on its standard input before it becomes the command. */
  static List<String> commandAfterGo(List<String> command) {
    return shell("read -r go || exit 1; " + BECOME, command);
  }

  private static List<String> shell(String script, List<String> command) {
    var result = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    result.addAll(command);
    return result;
  }
}
