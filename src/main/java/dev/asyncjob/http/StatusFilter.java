package dev.asyncjob.http;

import dev.asyncjob.resource.RuntimeStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The runtimeStatus parameter of a query: names of the Durable Functions enum
 * OrchestrationRuntimeStatus in their exact case, or their numbers.
 */
final class StatusFilter {
  /** In the order of their numbers. Some of them no job ever has. */
  private static final List<String> NAMES =
      List.of(
          "Running",
          "Completed",
          "ContinuedAsNew",
          "Failed",
          "Canceled",
          "Terminated",
          "Pending",
          "Suspended");

  private static final Pattern NUMBER = Pattern.compile("[0-7]");

  private final List<String> known;

  private StatusFilter(List<String> known) {
    this.known = known;
  }

  /** What is known of the items; unknown ones are dropped. */
  static StatusFilter lenient(List<String> items) {
    return new StatusFilter(items.stream().flatMap(item -> name(item).stream()).toList());
  }

  /** All of the items, which must be known. */
  static StatusFilter strict(List<String> items) {
    for (var item : items) {
      if (name(item).isEmpty()) {
        throw Problem.message(
            400,
            "'%s' is not a runtimeStatus; one of %s is expected"
                .formatted(item, String.join(", ", NAMES)));
      }
    }
    return lenient(items);
  }

  /** The statuses that pass: all when none was named, none when only such as no job ever has. */
  Set<RuntimeStatus> statuses() {
    if (known.isEmpty()) {
      return EnumSet.allOf(RuntimeStatus.class);
    }
    var statuses = EnumSet.noneOf(RuntimeStatus.class);
    Arrays.stream(RuntimeStatus.values())
        .filter(status -> known.contains(status.name()))
        .forEach(statuses::add);
    return statuses;
  }

  private static Optional<String> name(String item) {
    if (NAMES.contains(item)) {
      return Optional.of(item);
    }
    return NUMBER.matcher(item).matches()
        ? Optional.of(NAMES.get(Integer.parseInt(item)))
        : Optional.empty();
  }
}
