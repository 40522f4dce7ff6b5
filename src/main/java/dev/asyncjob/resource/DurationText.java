package dev.asyncjob.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Durations as users write them: one to four numbers of up to five digits, each with a unit of
 * {@code h}, {@code m}, {@code s} or {@code ms}, such as {@code 1m30s} (GEP-2257 of the Gateway
 * API).
 */
public final class DurationText {
  /** What a duration must look like; the API server refuses all else. */
  public static final String PATTERN = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

  /** The longest duration that the format can hold: four groups of 99999h. */
  public static final Duration MAX = Duration.ofHours(4 * 99_999L);

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern GROUP = Pattern.compile("([0-9]+)(ms|h|m|s)");

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException when the text does not match {@link #PATTERN}
   */
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a duration such as 1h30m, 20s or 500ms");
    }
    return GROUP
        .matcher(text)
        .results()
        .map(group -> Duration.of(Long.parseLong(group.group(1)), unit(group.group(2))))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static ChronoUnit unit(String name) {
    return switch (name) {
      case "h" -> ChronoUnit.HOURS;
      case "m" -> ChronoUnit.MINUTES;
      case "s" -> ChronoUnit.SECONDS;
      case "ms" -> ChronoUnit.MILLIS;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * The canonical text, such as {@code 1m30s}, {@code 1s500ms} or {@code 0s}. Where a duration of
   * more than eleven years does not fit into four groups it is rounded up to the hour; beyond
   * {@link #MAX} it is that.
   */
  public static String format(Duration duration) {
    if (duration.compareTo(MAX) > 0) {
      return format(MAX);
    }
    List<String> groups = new ArrayList<>();
    long hours = duration.toHours();
    for (; hours > 99_999; hours -= 99_999) {
      groups.add("99999h");
    }
    addGroup(groups, hours, "h");
    addGroup(groups, duration.toMinutesPart(), "m");
    addGroup(groups, duration.toSecondsPart(), "s");
    addGroup(groups, duration.toMillisPart(), "ms");
    if (groups.size() > 4) {
      return format(Duration.ofHours(duration.toHours() + 1));
    }
    return groups.isEmpty() ? "0s" : String.join("", groups);
  }

  /**
   * The duration as it is when written and read again: whole milliseconds, at most {@link #MAX}.
   */
  public static Duration representable(Duration duration) {
    return parse(format(duration));
  }

  private static void addGroup(List<String> groups, long amount, String unit) {
    if (amount > 0) {
      groups.add(amount + unit);
    }
  }

  static final class Serializer extends StdScalarSerializer<Duration> {
    Serializer() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeString(format(value));
    }

    @Override
    public void acceptJsonFormatVisitor(JsonFormatVisitorWrapper visitor, JavaType type)
        throws JsonMappingException {
      visitor.expectStringFormat(type);
    }
  }

  static final class Deserializer extends StdScalarDeserializer<Duration> {
    Deserializer() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        throw context.wrongTokenException(
            parser, Duration.class, JsonToken.VALUE_STRING, "a duration");
      }
      try {
        return parse(parser.getText());
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(parser.getText(), Duration.class, e.getMessage());
      }
    }
  }
}
