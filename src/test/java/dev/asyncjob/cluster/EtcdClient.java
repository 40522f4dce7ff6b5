package dev.asyncjob.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;

/**
 * The API of etcd in its JSON form (https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway/): these
 * requests are too few for jetcd and the gRPC and Netty that it brings.
 */
public final class EtcdClient {
  /**
   * Until an answer: longer than runs under faults pause etcd, and than it takes to defragment;
   * shorter than the time for which callers go on asking.
   */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;

  EtcdClient(int port) {
    url = URI.create("http://127.0.0.1:" + port);
  }

  /** All of a range, as it was at one revision. */
  public record Snapshot(long revision, List<EtcdKeyValue> values) {}

  /** The values of the keys from the first up to the end, without that. */
  public Snapshot range(String first, String end) throws IOException, InterruptedException {
    return snapshot(call("/v3/kv/range", keys(first, end)));
  }

  /** The value of a key, if it has one. */
  public Optional<String> get(String key) throws IOException, InterruptedException {
    var answer = call("/v3/kv/range", JSON.createObjectNode().put("key", base64(key)));
    return snapshot(answer).values().stream().findFirst().map(EtcdKeyValue::text);
  }

  private static Snapshot snapshot(JsonNode answer) {
    var values =
        StreamSupport.stream(answer.path("kvs").spliterator(), false)
            .map(kv -> JSON.convertValue(kv, EtcdKeyValue.class))
            .toList();
    return new Snapshot(revision(answer), values);
  }

  /** Stores a value, and tells the revision of the store since then. */
  public long put(String key, String value) throws IOException, InterruptedException {
    return revision(call("/v3/kv/put", keyValue(key, value)));
  }

  /** Stores a value, and does not wait for it. */
  public CompletableFuture<Long> putAsync(String key, String value) {
    return http.sendAsync(
            request("/v3/kv/put", keyValue(key, value).toString()), BodyHandlers.ofString())
        .thenApply(
            response -> {
              try {
                return revision(json(response));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /**
   * Stores a value in place of one version.
   *
   * @return false when that is not the newest any more
   */
  public boolean replace(String key, long version, String value)
      throws IOException, InterruptedException {
    var request = JSON.createObjectNode();
    request
        .withArray("/compare")
        .addObject()
        .put("key", base64(key))
        .put("target", "MOD")
        .put("mod_revision", version);
    request.withArray("/success").addObject().set("request_put", keyValue(key, value));
    return call("/v3/kv/txn", request).path("succeeded").asBoolean();
  }

  /** The changes of a range from a revision on; the first answer says that the watch is there. */
  public EtcdWatch watch(String first, String end, long revision)
      throws IOException, InterruptedException {
    var request = JSON.createObjectNode();
    request.set("create_request", keys(first, end).put("start_revision", revision));
    var response =
        http.send(request("/v3/watch", request.toString()), BodyHandlers.ofInputStream());
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("etcd /v3/watch: status " + response.statusCode());
    }
    return new EtcdWatch(response.body());
  }

  /** Forgets all versions but the newest. */
  public void compact() throws IOException, InterruptedException {
    var newest = revision(status());
    call(
        "/v3/kv/compaction", JSON.createObjectNode().put("revision", newest).put("physical", true));
  }

  /** Takes no write any more, as when the disk space is used up. */
  public void beFull() throws IOException, InterruptedException {
    alarm("ACTIVATE");
  }

  /** What an administrator does about it. */
  public void defragmentAndDisarm() throws IOException, InterruptedException {
    call("/v3/maintenance/defragment", JSON.createObjectNode());
    alarm("DEACTIVATE");
  }

  private void alarm(String action) throws IOException, InterruptedException {
    var member = status().at("/header/member_id").asText();
    call(
        "/v3/maintenance/alarm",
        JSON.createObjectNode()
            .put("action", action)
            .put("memberID", member)
            .put("alarm", "NOSPACE"));
  }

  private JsonNode status() throws IOException, InterruptedException {
    return call("/v3/maintenance/status", JSON.createObjectNode());
  }

  private static long revision(JsonNode answer) {
    return answer.at("/header/revision").asLong();
  }

  private static ObjectNode keys(String first, String end) {
    return JSON.createObjectNode().put("key", base64(first)).put("range_end", base64(end));
  }

  private static ObjectNode keyValue(String key, String value) {
    return JSON.createObjectNode().put("key", base64(key)).put("value", base64(value));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private JsonNode call(String path, JsonNode body) throws IOException, InterruptedException {
    return json(http.send(request(path, body.toString()), BodyHandlers.ofString()));
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(LIMIT)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("etcd %s: %s".formatted(response.uri().getPath(), response.body()));
    }
    return JSON.readTree(response.body());
  }
}
