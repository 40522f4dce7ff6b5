package dev.asyncjob.dotnet;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Dates as clients of .NET services send them, the useful part of what {@code DateTime.TryParse}
 * reads in the invariant culture: ISO 8601 with or without time and zone, and the invariant {@code
 * M/d/yyyy h:mm:ss tt}. Without a zone it is UTC.
 */
public final class DotNetDate {
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          format("uuuu-M-d", "['T'][' ']", "H:mm"),
          format("M/d/uuuu", "' '", "h:mm[:ss] a"),
          format("M/d/uuuu", "' '", "H:mm"));

  /** The plus of an offset that was sent without percent-encoding arrives as a blank. */
  private static final Pattern LOST_PLUS = Pattern.compile("([^:]*:.*) ([0-9]{2}:?[0-9]{2})");

  private DotNetDate() {}

  /** Reads a date, with a time or without. */
  public static Optional<Instant> parse(String text) {
    var stripped = text.strip();
    var lost = LOST_PLUS.matcher(stripped);
    var date = lost.matches() ? lost.group(1) + "+" + lost.group(2) : stripped;
    return FORMATS.stream().flatMap(format -> parse(format, date).stream()).findFirst();
  }

  private static Optional<Instant> parse(DateTimeFormatter format, String text) {
    try {
      var date = format.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (date instanceof OffsetDateTime withOffset) {
        return Optional.of(withOffset.toInstant());
      }
      var local =
          date instanceof LocalDateTime withTime ? withTime : LocalDate.from(date).atStartOfDay();
      return Optional.of(local.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static DateTimeFormatter format(String date, String separator, String time) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(date)
        .optionalStart()
        .appendPattern(separator)
        .appendPattern(time)
        .optionalStart()
        .appendPattern(":ss")
        .appendFraction(NANO_OF_SECOND, 0, 9, true)
        .optionalEnd()
        .optionalStart()
        .appendPattern("[' ']")
        .appendPattern("[XXX][XX][X]")
        .optionalEnd()
        .optionalEnd()
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
