package dev.asyncjob.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a visitor who knows nothing gets to know: what this is, and the whole API as OpenAPI. */
final class About {
  private static final String OPEN_API = "/openapi.json";

  private About() {}

  static Reply page() {
    return Reply.json(
        Reply.OK,
        new Page(
            "AsyncJob",
            "Jobs that wait, started and watched as with Azure Durable Functions",
            "/api/job-start/{jobName}",
            "/api/job-status/{jobName}",
            ManagementUrls.PATH + "/instances",
            OPEN_API));
  }

  static Reply openApi() {
    try (var document = About.class.getResourceAsStream(OPEN_API)) {
      return Reply.rawJson(
          Reply.OK, new String(required(document).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream required(@Nullable InputStream resource) {
    if (resource == null) {
      throw new IllegalStateException(OPEN_API + " is missing from the jar");
    }
    return resource;
  }

  @JsonPropertyOrder({"name", "description", "start", "status", "instances", "openapi"})
  private record Page(
      String name,
      String description,
      String start,
      String status,
      String instances,
      String openapi) {}
}
