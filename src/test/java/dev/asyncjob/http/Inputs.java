package dev.asyncjob.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.asyncjob.dotnet.DotNetDate;
import dev.asyncjob.dotnet.DotNetNumber;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.store.InstanceId;
import dev.asyncjob.store.Request;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the program does with bytes from outside before anything remote is asked, and what must hold
 * whatever they are. The first byte says which part of the program is meant. A {@link Problem} is
 * an answer; any other exception would have been a 500, or the end of a watch.
 */
public final class Inputs {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
  private static final int MAX_NAME_LENGTH = 253;
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  private static final List<Part> PARTS =
      List.of(Inputs::query, Inputs::id, Inputs::token, Inputs::body, Inputs::texts, Inputs::job);

  private Inputs() {}

  static int parts() {
    return PARTS.size();
  }

  public static void read(byte[] input) throws Exception {
    if (input.length > 0) {
      var rest = Arrays.copyOfRange(input, 1, input.length);
      try {
        PARTS.get(Math.floorMod(input[0], PARTS.size())).read(rest);
      } catch (Problem problem) {
        assertThat(problem.reply().status()).isBetween(400, 499);
        JSON.readTree(((Reply.Whole) problem.reply().body()).json());
      }
    }
  }

  private interface Part {
    void read(byte[] input) throws Exception;
  }

  /** Parameters as a servlet container hands them out. */
  private static void query(byte[] input) {
    var parameters = new TreeMap<String, List<String>>();
    for (var pair : text(input).split("&", -1)) {
      var equals = pair.indexOf('=');
      parameters
          .computeIfAbsent(equals < 0 ? pair : pair.substring(0, equals), n -> new ArrayList<>())
          .add(pair.substring(equals + 1));
    }
    var query = new Query(parameters);
    for (var name : parameters.keySet()) {
      query.date(name);
      query.integer(name);
      query.number(name).ifPresent(number -> assertThat(number).isFinite());
      query.flag(name, true);
      StatusFilter.lenient(query.items(name)).statuses();
    }
    Wait.of(query).ifPresent(wait -> assertThat(wait.interval()).isPositive());
    StatusFilter.strict(query.items("runtimeStatus")).statuses();
  }

  private static void id(byte[] input) {
    var id = new InstanceId(text(input));
    var name = id.resourceName();
    assertThat(name).hasSizeLessThanOrEqualTo(MAX_NAME_LENGTH).matches(NAME);
    var attempt =
        new Attempt(NOW).job("default", id, OrchestratorInput.from(json("{}")), json("{}"));
    assertThat(InstanceId.of(attempt)).isEqualTo(id);
    for (var encoded :
        List.of(ManagementUrls.formEncoded(id.text()), ManagementUrls.percentEncoded(id.text()))) {
      assertThat(encoded.chars()).allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != '?');
      if (IdRules.problem(id).isEmpty() && isText(id.text())) {
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(id.text());
      }
    }
  }

  private static void token(byte[] input) {
    var id = ContinuationToken.read(text(input));
    assertThat(ContinuationToken.read(ContinuationToken.after(id))).isEqualTo(id);
  }

  /** A body becomes a job, whose annotation gives the input back. */
  private static void body(byte[] input) throws Exception {
    var json = JsonText.parse(input).orElseThrow(Problem::invalidJson);
    var job =
        new Attempt(NOW).job("default", new InstanceId("x"), OrchestratorInput.from(json), json);
    assertThat(Request.of(job).flatMap(Request::input)).contains(json);
    document(job);
  }

  private static void texts(byte[] input) {
    var text = text(input);
    DotNetDate.parse(text);
    DotNetNumber.parseDouble(text);
    DotNetNumber.parseInt(text);
    try {
      var duration = DurationText.parse(text);
      assertThat(DurationText.representable(duration)).isEqualTo(duration);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("must be a duration");
    }
  }

  /** A job as somebody may have stored it, under another definition: annotations, spec, status. */
  private static void job(byte[] input) throws Exception {
    var parts = text(input).split("\u0000", -1);
    if (parts.length < 5) {
      return;
    }
    var tree = JSON.createObjectNode();
    var annotations =
        Map.of(
            "asyncjob.dev/request", parts[0],
            "asyncjob.dev/instance-id", parts[1],
            "asyncjob.dev/termination-reason", parts[2]);
    tree.set(
        "metadata",
        JSON.valueToTree(
            new ObjectMetaBuilder()
                .withName("x")
                .withNamespace("default")
                .withCreationTimestamp("2026-11-25T08:00:00Z")
                .withAnnotations(annotations)
                .build()));
    try {
      tree.set("spec", JSON.readTree(parts[3]));
      tree.set("status", JSON.readTree(parts[4]));
    } catch (JsonProcessingException e) {
      return; // The API server stores nothing else than JSON.
    }
    document(JSON.readValue(JSON.writeValueAsBytes(tree), AsyncJob.class));
  }

  /** Whatever the API answers about a job is JSON. */
  private static void document(AsyncJob job) throws Exception {
    var instance = new Instance(job);
    var status = InstanceStatus.of(instance, true);
    json(JsonText.text(History.of(instance, true, true).map(status::with).orElse(status)));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Half of a surrogate pair cannot be encoded. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
