package dev.asyncjob.http;

import dev.asyncjob.dotnet.DotNetDate;
import dev.asyncjob.dotnet.DotNetNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The query of a request, read as Durable Functions reads it: names in any case, values trimmed,
 * and a value that does not parse counts as absent.
 */
final class Query {
  private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Query(Map<String, List<String>> parameters) {
    parameters.forEach(
        (name, texts) ->
            texts.forEach(
                text -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(text.strip())));
  }

  /** A text, empty if sent empty; several are joined by commas, as .NET's collection does it. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(texts -> String.join(",", texts));
  }

  /** A text with something in it. */
  Optional<String> nonBlank(String name) {
    return text(name).filter(text -> !text.isEmpty());
  }

  boolean flag(String name, boolean otherwise) {
    return text(name)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> text.equals("true") || text.equals("false"))
        .map(Boolean::parseBoolean)
        .orElse(otherwise);
  }

  Optional<Integer> integer(String name) {
    return text(name)
        .map(DotNetNumber::parseInt)
        .flatMap(number -> number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty());
  }

  /** A number with a fraction that is not beyond what a double holds. */
  Optional<Double> number(String name) {
    return text(name)
        .map(DotNetNumber::parseDouble)
        .flatMap(
            number -> number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty())
        .filter(number -> !number.isInfinite());
  }

  Optional<Instant> date(String name) {
    return text(name).flatMap(DotNetDate::parse);
  }

  /** The items of a comma-separated and perhaps repeated parameter, without the empty ones. */
  List<String> items(String name) {
    return text(name).stream()
        .flatMap(text -> List.of(text.split(",", -1)).stream())
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
