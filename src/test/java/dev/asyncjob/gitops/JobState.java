package dev.asyncjob.gitops;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.asyncjob.lifecycle.Defaults;
import dev.asyncjob.lifecycle.Job;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.lifecycle.Step;
import dev.asyncjob.resource.AsyncJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job in one of the states that users see. Its status was written by the lifecycle, as it would
 * have been on a cluster: nothing is made up.
 */
final class JobState {
  /** The server keeps no nulls. */
  private static final ObjectMapper JSON =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Lifecycle LIFECYCLE =
      new Lifecycle(new Defaults(Duration.ofSeconds(10), Duration.ofSeconds(20), Optional.empty()));

  private static final String FAILING =
      "{outcome: {failurePercent: 100, reason: QuotaExceeded, message: no capacity left}}";

  private final String name;
  private final ObjectNode job;

  private JobState(String name, String spec) {
    this.name = name;
    this.job =
        (ObjectNode)
            read(
                """
                apiVersion: asyncjob.dev/v1
                kind: AsyncJob
                metadata:
                  name: gb4711
                  namespace: default
                  uid: d349c562-53ea-41ef-a1b9-8f0d4be22e4f
                  generation: 1
                  creationTimestamp: "2026-11-24T10:00:00Z"
                spec: %s
                status:
                  observedGeneration: -1
                """
                    .formatted(spec));
  }

  static List<JobState> all() {
    return List.of(
        new JobState("not-seen", "{}"),
        new JobState("pending", "{notBeforeTime: 2026-12-01T08:00:00Z}").seenAfter(0),
        new JobState("pending-suspended", "{suspend: true}").seenAfter(0),
        new JobState("queued", "{}").seenAfter(0),
        new JobState("in-progress", "{}").seenAfter(0).seenAfter(10),
        new JobState("suspended", "{}").seenAfter(0).edited("{suspend: true}").seenAfter(5),
        new JobState("completed", "{outcome: {output: {rows: 42}}}").seenAfter(0).seenAfter(30),
        new JobState("failed", FAILING).seenAfter(0).seenAfter(30),
        new JobState("terminated", "{}")
            .seenAfter(0)
            .edited("{termination: {reason: superseded}}")
            .seenAfter(5),
        new JobState("output-too-large", "{outcome: {output: " + "x".repeat(16_384) + "}}")
            .seenAfter(0),
        new JobState("unreadable", "{queuedDuration: 5}").seenAfter(0),
        new JobState("edited", "{}").seenAfter(0).edited("{queuedDuration: 1m}"),
        new JobState("restart-owed", "{}").seenAfter(0).seenAfter(30).edited("{restartNonce: 1}"),
        new JobState("restarted", FAILING)
            .seenAfter(0)
            .seenAfter(30)
            .edited("{restartNonce: 1}")
            .seenAfter(60));
  }

  String name() {
    return name;
  }

  JsonNode json() {
    return job;
  }

  /** A job as a manifest. */
  static String yaml(JsonNode job) {
    try {
      return YAML.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The user replaces the spec, and the operator has yet to see it. */
  private JobState edited(String spec) {
    job.set("spec", read(spec));
    var metadata = (ObjectNode) job.get("metadata");
    metadata.put("generation", metadata.get("generation").asLong() + 1);
    return this;
  }

  /** The operator looks at the job, and writes all that is owed. */
  private JobState seenAfter(int seconds) {
    try {
      while (LIFECYCLE.next(
              Job.of(JSON.treeToValue(job, AsyncJob.class)), START.plusSeconds(seconds))
          instanceof Step.Write write) {
        job.set("status", JSON.valueToTree(write.status()));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  private static JsonNode read(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
