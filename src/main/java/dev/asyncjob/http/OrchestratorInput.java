package dev.asyncjob.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.resource.Phase;
import dev.asyncjob.resource.PhaseName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The input of the original app's orchestrator, with durations in seconds; every field may be
 * absent.
 */
record OrchestratorInput(
    Optional<String> thirdPartyJobId, Optional<Duration> queued, Optional<Duration> inProgress) {
  private static final String THIRD_PARTY_JOB_ID = "ThirdPartyJobId";
  private static final String QUEUED = "QueuedDuration";
  private static final String IN_PROGRESS = "InProgressDuration";
  private static final Set<String> FIELDS = Set.of(THIRD_PARTY_JOB_ID, QUEUED, IN_PROGRESS);

  /** As the resource has it. */
  private static final int MAX_ID_LENGTH = 128;

  private static final Duration MAX_DURATION = Duration.ofHours(99_999);

  /** Reads an input, which must be an object of these fields or null. */
  static OrchestratorInput from(JsonNode asItCame) {
    var json = asItCame.isTextual() ? unwrapped(asItCame.textValue()) : asItCame;
    if (json.isNull()) {
      return new OrchestratorInput(Optional.empty(), Optional.empty(), Optional.empty());
    }
    if (!json.isObject()) {
      throw notAnObject();
    }
    json.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                throw Problem.argument(
                    "The input has an unknown field; known are %s, %s and %s"
                        .formatted(THIRD_PARTY_JOB_ID, QUEUED, IN_PROGRESS));
              }
            });
    return new OrchestratorInput(
        field(json, THIRD_PARTY_JOB_ID).map(OrchestratorInput::id),
        field(json, QUEUED).map(OrchestratorInput::duration),
        field(json, IN_PROGRESS).map(OrchestratorInput::duration));
  }

  /** What a job amounts to that came without an input: what is known of the three fields. */
  static OrchestratorInput of(Optional<AsyncJobSpec> spec, Optional<AsyncJobStatus> status) {
    return new OrchestratorInput(
        status
            .map(AsyncJobStatus::thirdPartyJobId)
            .or(() -> spec.map(AsyncJobSpec::thirdPartyJobId)),
        planned(status, PhaseName.Queued).or(() -> spec.map(AsyncJobSpec::queuedDuration)),
        planned(status, PhaseName.InProgress).or(() -> spec.map(AsyncJobSpec::inProgressDuration)));
  }

  JsonNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    thirdPartyJobId.ifPresent(id -> json.put(THIRD_PARTY_JOB_ID, id));
    queued.ifPresent(duration -> json.put(QUEUED, seconds(duration)));
    inProgress.ifPresent(duration -> json.put(IN_PROGRESS, seconds(duration)));
    return json;
  }

  /**
   * What a JSON string holds: the SDK for Python encodes an input twice, and the one for JavaScript
   * sends an empty string for none.
   */
  private static JsonNode unwrapped(String text) {
    return text.isEmpty()
        ? NullNode.getInstance()
        : JsonText.parse(text).orElseThrow(OrchestratorInput::notAnObject);
  }

  private static Problem notAnObject() {
    return Problem.argument("The input must be a JSON object or null");
  }

  private static Optional<JsonNode> field(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
  }

  private static String id(JsonNode value) {
    var id = value.asText();
    if (!value.isTextual()
        || id.isEmpty()
        || id.codePointCount(0, id.length()) > MAX_ID_LENGTH
        || id.codePoints().anyMatch(OrchestratorInput::isUnfit)) {
      throw Problem.argument(
          "%s must be a string of 1 to %d characters, none of them a control character"
              .formatted(THIRD_PARTY_JOB_ID, MAX_ID_LENGTH));
    }
    return id;
  }

  /** Half of a surrogate pair has no form in UTF-8. */
  private static boolean isUnfit(int character) {
    return character < ' '
        || character == 0x7f
        || Character.getType(character) == Character.SURROGATE;
  }

  /** Rounded up to a millisecond, so that nothing is early; negative counts as 0. */
  private static Duration duration(JsonNode value) {
    if (!value.isNumber()) {
      throw Problem.argument("A duration must be a number of seconds");
    }
    var seconds = value.doubleValue();
    if (seconds <= 0) {
      return Duration.ZERO;
    }
    if (seconds >= MAX_DURATION.toSeconds()) {
      return MAX_DURATION;
    }
    var millis = BigDecimal.valueOf(seconds).movePointRight(3).setScale(0, RoundingMode.CEILING);
    return DurationText.representable(Duration.ofMillis(millis.longValueExact()));
  }

  private static BigDecimal seconds(Duration duration) {
    var seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  private static Optional<Duration> planned(Optional<AsyncJobStatus> status, PhaseName name) {
    return status
        .map(AsyncJobStatus::phases)
        .map(List::stream)
        .flatMap(phases -> phases.filter(phase -> phase.name() == name).findFirst())
        .map(Phase::duration);
  }
}
