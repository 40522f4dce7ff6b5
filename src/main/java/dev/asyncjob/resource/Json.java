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
  /** The API server reads JSON 10,000 levels deep. */
  private static final int MAX_NESTING_DEPTH = 20_000;

  /** It takes no more than 3 MiB in a request. */
  private static final int MAX_NAME_LENGTH = 4 << 20;

  private static final JsonFactory FACTORY = factory();

  /**
   * Reads and writes all that the API server stores. What one job holds must not make the list of
   * all jobs unreadable, as a value of more than 1,000 levels, or a field's name of more than
   * 50,000 characters, would with Jackson's own limits. Names are the users' choice, and many: they
   * are not kept for the life of the program, and none is taken for an attack on the table of them.
   */
  public static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_NESTING_DEPTH)
                .maxNameLength(MAX_NAME_LENGTH)
                .build())
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(MAX_NESTING_DEPTH).build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }

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
