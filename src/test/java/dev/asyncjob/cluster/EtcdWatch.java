package dev.asyncjob.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What etcd sends on a watch, until the connection ends. */
public final class EtcdWatch implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputStream body;
  private final MappingIterator<JsonNode> messages;

  EtcdWatch(InputStream body) throws IOException {
    this.body = body;
    this.messages = JSON.readerFor(JsonNode.class).readValues(body);
  }

  /** One message. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Answer(
      Header header,
      boolean created,
      boolean canceled,
      @JsonProperty("compact_revision") long compactRevision,
      List<Event> events) {
    public Answer {
      events = Objects.requireNonNullElse(events, List.of());
    }
  }

  /** The revision of the store. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Header(long revision) {}

  /** A change; PUT is left out where it is meant. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Event(@Nullable String type, EtcdKeyValue kv) {
    public boolean isDeletion() {
      return "DELETE".equals(type);
    }
  }

  /**
   * Waits for the next message.
   *
   * @throws IOException when there is none any more
   */
  public Answer next() throws IOException {
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
