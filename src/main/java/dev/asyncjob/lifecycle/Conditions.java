package dev.asyncjob.lifecycle;

import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.ConditionStatus;
import dev.asyncjob.resource.ConditionType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The conditions of a status under construction. lastTransitionTime moves only when the status of a
 * condition does, and never back; a condition that has never been True is not listed.
 */
final class Conditions {
  private final Map<ConditionType, Condition> conditions = new EnumMap<>(ConditionType.class);
  private final long generation;

  private Conditions(long generation) {
    this.generation = generation;
  }

  /** The conditions of a status, brought up to the generation that is being observed. */
  static Conditions of(AsyncJobStatus status, long generation) {
    var result = new Conditions(generation);
    if (status.conditions() != null) {
      status.conditions().forEach(c -> result.conditions.put(c.type(), c.observedAt(generation)));
    }
    return result;
  }

  Conditions raise(ConditionType type, String reason, String message, Instant at) {
    return set(type, ConditionStatus.True, reason, message, at);
  }

  /** Makes a condition False if it is True. */
  Conditions lower(ConditionType type, String reason, Instant at) {
    var current = conditions.get(type);
    return current != null && current.isTrue()
        ? set(type, ConditionStatus.False, reason, "", at)
        : this;
  }

  Conditions lowerAll(String reason, Instant at) {
    for (var type : ConditionType.values()) {
      lower(type, reason, at);
    }
    return this;
  }

  List<Condition> list() {
    return List.copyOf(conditions.values());
  }

  private Conditions set(
      ConditionType type, ConditionStatus status, String reason, String message, Instant at) {
    var current = conditions.get(type);
    var since =
        current != null && (current.status() == status || current.lastTransitionTime().isAfter(at))
            ? current.lastTransitionTime()
            : at;
    conditions.put(type, new Condition(type, status, generation, since, reason, message));
    return this;
  }
}
