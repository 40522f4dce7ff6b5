package dev.asyncjob.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.InstantText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that began an attempt. Once someone else has raised spec.restartNonce, it
 * belongs to the past.
 *
 * @param time when it came
 * @param restartNonce the spec's in that attempt
 * @param input as it came; empty when the attempt repeats a job that never had one
 */
public record Request(Instant time, long restartNonce, Optional<JsonNode> input) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** What can be written with four digits for the year, which all clients expect. */
  private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  /** The request behind the attempt that the spec asks for, if it came by HTTP. */
  public static Optional<Request> of(AsyncJob job) {
    return Optional.ofNullable(job.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Annotations.REQUEST))
        .flatMap(Request::parse)
        .filter(request -> request.restartNonce == restartNonce(job));
  }

  /** The text of the annotation. */
  public String annotation() {
    var json =
        JSON.createObjectNode()
            .put("time", InstantText.format(time))
            .put("restartNonce", restartNonce);
    input.ifPresent(value -> json.set("input", value));
    return json.toString();
  }

  /** The spec's restart nonce, which is 0 when unset. */
  public static long restartNonce(AsyncJob job) {
    var spec = job.getSpec();
    @Nullable Long nonce = spec == null ? null : spec.restartNonce();
    return nonce == null ? 0 : nonce;
  }

  /** What someone else wrote into the annotation is no reason to fail. */
  private static Optional<Request> parse(String text) {
    try {
      var json = JSON.readTree(text);
      var time = Instant.parse(json.path("time").asText());
      return json.path("restartNonce").isIntegralNumber()
              && !time.isBefore(MIN_TIME)
              && !time.isAfter(MAX_TIME)
          ? Optional.of(
              new Request(
                  time,
                  json.path("restartNonce").longValue(),
                  Optional.ofNullable(json.get("input"))))
          : Optional.empty();
    } catch (JsonProcessingException | NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
