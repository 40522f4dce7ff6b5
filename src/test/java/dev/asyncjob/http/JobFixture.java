package dev.asyncjob.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.asyncjob.resource.AsyncJob;

/** Jobs as the API server hands them out, and documents as text. */
final class JobFixture {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  private JobFixture() {}

  static AsyncJob job(String yaml) {
    try {
      return JSON.treeToValue(YAML.readTree(yaml), AsyncJob.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  /** A job in the middle of its second phase. */
  static final String RUNNING =
      """
      metadata:
        name: gb4711
        namespace: default
        creationTimestamp: 2025-05-20T09:59:59Z
      spec: {}
      status:
        runtimeStatus: Running
        customStatus: InProgress
        thirdPartyJobId: t1
        attempt: 1
        restartNonce: 0
        createdTime: 2025-05-20T10:00:00.500Z
        lastUpdatedTime: 2025-05-20T10:00:01.999Z
        phases:
        - {name: Queued, duration: 1s500ms, startTime: 2025-05-20T10:00:00.500Z, endTime: 2025-05-20T10:00:02.000Z}
        - {name: InProgress, duration: 1m, startTime: 2025-05-20T10:00:02.000Z}
      """;

  /** The same job, later. */
  static final String COMPLETED =
      RUNNING
              .replace("Status: Running", "Status: Completed")
              .replace("Status: InProgress", "Status: Completed")
              .replace(
                  "startTime: 2025-05-20T10:00:02.000Z}",
                  "startTime: 2025-05-20T10:00:02.000Z, endTime: 2025-05-20T10:01:02.000Z}")
          + "  completionTime: 2025-05-20T10:01:02.003Z\n";
}
