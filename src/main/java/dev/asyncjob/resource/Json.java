package dev.asyncjob.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * Any JSON value, kept as compact text: it is passed on and never looked into, and text, unlike a
 * tree, costs a few bytes and has no limit of depth.
 */
@JsonSerialize(using = Json.Serializer.class)
@JsonDeserialize(using = Json.Deserializer.class)
public record Json(String compact) {
  /**
   * As deep as the API server reads JSON (10,000), and more: a value that Jackson's default limit
   * of 1,000 refuses would make the whole list of jobs unreadable.
   */
  public static final int MAX_NESTING_DEPTH = 20_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING_DEPTH).build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_NESTING_DEPTH).build())
          .build();

  /** The size in bytes as compact JSON in UTF-8. */
  public int size() {
    return compact.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Copies one value; numbers as they are written, not as the nearest floating-point number. */
  private static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
    int depth = 0;
    do {
      generator.copyCurrentEventExact(parser);
      if (parser.currentToken().isStructStart()) {
        depth++;
      } else if (parser.currentToken().isStructEnd()) {
        depth--;
      }
    } while (depth > 0 && parser.nextToken() != null);
  }

  static final class Serializer extends StdSerializer<Json> {
    Serializer() {
      super(Json.class);
    }

    @Override
    public void serialize(Json value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      try (var parser = FACTORY.createParser(value.compact())) {
        parser.nextToken();
        copy(parser, generator);
      }
    }
  }

  static final class Deserializer extends StdDeserializer<Json> {
    Deserializer() {
      super(Json.class);
    }

    @Override
    public Json deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      var text = new StringWriter();
      try (var generator = FACTORY.createGenerator(text)) {
        copy(parser, generator);
      }
      return new Json(text.toString());
    }
  }
}
