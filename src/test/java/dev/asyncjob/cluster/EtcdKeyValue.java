package dev.asyncjob.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A key and its value, in base64; of a deletion, only the key. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EtcdKeyValue(
    String key, @Nullable String value, @JsonProperty("mod_revision") long modRevision) {
  public String name() {
    return new String(Base64.getDecoder().decode(key), UTF_8);
  }

  public byte[] bytes() {
    return Base64.getDecoder().decode(requireNonNull(value));
  }

  String text() {
    return new String(bytes(), UTF_8);
  }
}
