package dev.asyncjob.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** JSON as the API reads and writes it: strict, compact, numbers as they came. */
final class JsonText {
  static final String NULL = "null";

  /** Deeper JSON than this has no meaning here, and would cost stack. */
  private static final int MAX_DEPTH = 500;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value in a body; empty when it is not one JSON value, or a number has no bounds at all. */
  static Optional<JsonNode> parse(byte[] json) {
    try {
      return present(MAPPER.readTree(json));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty(); // Read from memory: it can only be the content.
    }
  }

  static Optional<JsonNode> parse(String json) {
    try {
      return present(MAPPER.readTree(json));
    } catch (JsonProcessingException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> present(JsonNode json) {
    return json.isMissingNode() ? Optional.empty() : Optional.of(json);
  }
}
