package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The API of etcd in its JSON form (https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway/): three
 * requests are too few for jetcd and the gRPC and Netty that it brings.
 */
final class Etcd {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final URI url;

  Etcd(int port) {
    url = URI.create("http://127.0.0.1:" + port);
  }

  /** A key and its value, in base64; of a deletion, only the key. */
  record KeyValue(
      String key, @Nullable String value, @JsonProperty("mod_revision") long modRevision) {
    String name() {
      return new String(Base64.getDecoder().decode(key), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(requireNonNull(value));
    }
  }

  /** All of a range, as it was at one revision. */
  record Snapshot(long revision, List<KeyValue> values) {}

  /** One message of a watch. */
  record Answer(
      Header header,
      boolean created,
      boolean canceled,
      @JsonProperty("compact_revision") long compactRevision,
      List<Event> events) {
    Answer {
      events = Objects.requireNonNullElse(events, List.of());
    }
  }

  record Header(long revision) {}

  /** PUT is left out where it is meant. */
  record Event(@Nullable String type, KeyValue kv) {
    boolean isDeletion() {
      return "DELETE".equals(type);
    }
  }

  Snapshot range(String first, String end) throws IOException, InterruptedException {
    try (var body = post("/v3/kv/range", keys(first, end).toString())) {
      var answer = JSON.readTree(body);
      var values =
          StreamSupport.stream(answer.path("kvs").spliterator(), false)
              .map(kv -> JSON.convertValue(kv, KeyValue.class))
              .toList();
      return new Snapshot(answer.at("/header/revision").asLong(), values);
    }
  }

  /** Stores a value, and tells the revision of the store since then. */
  long put(String key, String value) throws IOException, InterruptedException {
    var request = JSON.valueToTree(Map.of("key", base64(key), "value", base64(value)));
    try (var body = post("/v3/kv/put", request.toString())) {
      return JSON.readTree(body).at("/header/revision").asLong();
    }
  }

  /** The changes of a range from a revision on; the first answer says that the watch is there. */
  Watch watch(String first, String end, long revision) throws IOException, InterruptedException {
    var request = JSON.createObjectNode();
    request.set("create_request", keys(first, end));
    request.withObject("/create_request").put("start_revision", revision);
    return new Watch(post("/v3/watch", request.toString()));
  }

  /** What etcd sends until the connection ends. */
  static final class Watch implements AutoCloseable {
    private final InputStream body;
    private final MappingIterator<JsonNode> messages;

    private Watch(InputStream body) throws IOException {
      this.body = body;
      this.messages = JSON.readerFor(JsonNode.class).readValues(body);
    }

    /**
     * Waits for the next message.
     *
     * @throws IOException when there is none any more
     */
    Answer next() throws IOException {
      if (!messages.hasNextValue()) {
        throw new IOException("the watch has ended");
      }
      var message = messages.nextValue();
      if (!message.has("result")) {
        throw new IOException("etcd: " + message);
      }
      return JSON.treeToValue(message.get("result"), Answer.class);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  private static ObjectNode keys(String first, String end) {
    return JSON.createObjectNode().put("key", base64(first)).put("range_end", base64(end));
  }

  private InputStream post(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(LIMIT)
            .POST(BodyPublishers.ofString(body))
            .build();
    var response = http.send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      try (var problem = response.body()) {
        throw new IOException(
            "etcd " + path + ": " + new String(problem.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return response.body();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
