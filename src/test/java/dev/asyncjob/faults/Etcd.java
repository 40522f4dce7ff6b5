package dev.asyncjob.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The etcd behind the API server, by the JSON form of its API. */
final class Etcd {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;

  Etcd(int port) {
    url = URI.create("http://127.0.0.1:" + port);
  }

  /** No write is taken any more, as when its disk space is used up. */
  void beFull() throws IOException, InterruptedException {
    alarm("ACTIVATE");
  }

  /** What an administrator does about it. */
  void defragmentAndDisarm() throws IOException, InterruptedException {
    call("/v3/maintenance/defragment", "{}");
    alarm("DEACTIVATE");
  }

  private void alarm(String action) throws IOException, InterruptedException {
    var member = call("/v3/maintenance/status", "{}").at("/header/member_id").asText();
    call(
        "/v3/maintenance/alarm",
        """
        {"action": "%s", "memberID": "%s", "alarm": "NOSPACE"}"""
            .formatted(action, member));
  }

  /** Forgets all versions but the newest. */
  void compact() throws IOException, InterruptedException {
    var revision = call("/v3/maintenance/status", "{}").at("/header/revision").asText();
    call("/v3/kv/compaction", "{\"revision\": \"%s\", \"physical\": true}".formatted(revision));
  }

  /**
   * Writes a value that the API server has not looked at, in place of one version.
   *
   * @return false when that is not the newest any more
   */
  boolean replace(String key, long version, String value) throws IOException, InterruptedException {
    return call(
            "/v3/kv/txn",
            """
            {"compare": [{"key": "%s", "target": "MOD", "mod_revision": "%d"}],
             "success": [{"request_put": {"key": "%s", "value": "%s"}}]}"""
                .formatted(encoded(key), version, encoded(key), encoded(value)))
        .path("succeeded")
        .asBoolean();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode call(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(LIMIT)
            .POST(BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("etcd " + path + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
