package dev.asyncjob.controller;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.lifecycle.Transition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is counted and timed of the operator's work; no label grows with the number of jobs. */
final class JobMetrics {
  private static final int TOO_MANY_REQUESTS = 429;

  /** Of lateness: from what the operator itself adds to what an outage does. */
  private static final Duration[] LATENESS =
      Stream.of(
              1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000,
              300_000, 900_000, 3_600_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final Duration[] WRITES =
      Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** How a write ended. */
  private enum Result {
    ok,
    conflict,
    throttled,
    error
  }

  private final MeterRegistry registry;
  private final Timer lateness;
  private final Map<Result, Timer> writes = new EnumMap<>(Result.class);

  JobMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lateness =
        Timer.builder("asyncjob.transition.lateness")
            .description("Written minus due, of transitions that have a due time")
            .serviceLevelObjectives(LATENESS)
            .register(registry);
    // All at once, so that a rate sees the first of each.
    for (var result : Result.values()) {
      writes.put(
          result,
          Timer.builder("asyncjob.status.write")
              .description("Writes of a status")
              .serviceLevelObjectives(WRITES)
              .tag("result", result.name())
              .register(registry));
    }
  }

  void transition(Transition transition) {
    Counter.builder("asyncjob.transitions")
        .description("Transitions written")
        .tag("from", transition.from().name())
        .tag("to", transition.to().name())
        .register(registry)
        .increment();
    transition.lateness().ifPresent(lateness::record);
  }

  /** Times a write of a status, by its result. */
  <T> T timed(Supplier<T> write) {
    var sample = Timer.start(registry);
    var result = Result.error;
    try {
      var written = write.get();
      result = Result.ok;
      return written;
    } catch (KubernetesClientException e) {
      result =
          switch (e.getCode()) {
            case HttpURLConnection.HTTP_CONFLICT -> Result.conflict;
            case TOO_MANY_REQUESTS -> Result.throttled;
            default -> Result.error;
          };
      throw e;
    } finally {
      sample.stop(requireNonNull(writes.get(result)));
    }
  }
}
