package dev.asyncjob.faults;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What users ask for: any spec, as JSON, of jobs that take seconds. */
final class Specs {
  private static final List<String> MESSAGES =
      List.of(
          "no capacity left", "Lieferung f\u00e4llt aus", "\u4f60\u597d \ud83d\ude80", "<>&\\\"");
  private static final List<String> OUTPUTS =
      List.of("{\"rows\": 42}", "[]", "\"text\"", "[1.5, null, {\"a\": {\"b\": []}}]", "false");
  private static final int LONGEST_MILLIS = 12_000;

  private final Random random;

  Specs(Random random) {
    this.random = random;
  }

  String any() {
    var fields = new ArrayList<String>();
    if (random.nextInt(20) > 0) {
      fields.add(duration("queuedDuration"));
    }
    if (random.nextInt(20) > 0) {
      fields.add(duration("inProgressDuration"));
    }
    if (random.nextInt(5) == 0) {
      fields.add("\"jitterPercent\": " + random.nextInt(101));
    }
    if (random.nextInt(10) == 0) {
      var later = Instant.now().plusMillis(random.nextInt(5000)).truncatedTo(ChronoUnit.MICROS);
      fields.add("\"notBeforeTime\": \"%s\"".formatted(later));
    }
    if (random.nextInt(5) == 0) {
      fields.add("\"outcome\": " + outcome());
    }
    if (random.nextInt(5) == 0) {
      fields.add("\"thirdPartyJobId\": \"id-%x\"".formatted(random.nextInt()));
    }
    if (random.nextInt(20) == 0) {
      fields.add("\"suspend\": true");
    }
    if (random.nextInt(4) == 0) {
      fields.add("\"suspendPolicy\": \"Continue\"");
    }
    if (random.nextInt(3) == 0) {
      fields.add("\"ttlSecondsAfterFinished\": " + random.nextInt(30));
    }
    return "{" + String.join(", ", fields) + "}";
  }

  /** A field with a duration: most are short, some are none at all. */
  String duration(String name) {
    var millis = random.nextInt(20) == 0 ? 0 : random.nextInt(1 + random.nextInt(LONGEST_MILLIS));
    return "\"%s\": \"%dms\"".formatted(name, millis);
  }

  private String outcome() {
    return """
    {"failurePercent": %d, "message": "%s", "output": %s}"""
        .formatted(
            random.nextInt(101),
            MESSAGES.get(random.nextInt(MESSAGES.size())),
            OUTPUTS.get(random.nextInt(OUTPUTS.size())));
  }
}
