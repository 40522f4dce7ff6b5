package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClusterExtension.class)
class LogIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SPEC =
      "{queuedDuration: 100ms, inProgressDuration: 0s, thirdPartyJobId: 'id \"1\" {} %d é'}";

  @Flow
  void eachTransitionIsALine(TestNamespace namespace) {
    try (var jobs = Jobs.in(namespace);
        var operator = namespace.startOperator(Map.of()).awaitReady()) {
      jobs.apply("x", SPEC);
      operator.awaitLog("-> Completed", LIMIT);

      var time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
      var job = time + " INFO +job " + namespace.name() + "/x \\(id \"1\" \\{} %d é\\) ";
      assertThat(operator.log().lines().filter(line -> line.contains(" -> ")))
          .satisfiesExactly(
              line -> assertThat(line).matches(job + "None -> Queued"),
              line -> assertThat(line).matches(job + "Queued -> InProgress, \\d+ ms late"),
              line -> assertThat(line).matches(job + "InProgress -> Completed, \\d+ ms late"));
    }
  }

  @Flow
  void asJsonEachLineIsOneObject(TestNamespace namespace) throws Exception {
    try (var jobs = Jobs.in(namespace);
        var operator =
            namespace.startOperator(Map.of("ASYNCJOB_LOG_FORMAT", "json")).awaitReady()) {
      jobs.apply("x", SPEC);
      operator.awaitLog("-> Completed", LIMIT);
      assertThat(operator.terminate(LIMIT)).isZero();

      List<JsonNode> transitions = new ArrayList<>();
      for (var line : operator.log().lines().toList()) {
        var object = JSON.readTree(line);
        assertThat(object.isObject()).as(line).isTrue();
        assertThat(object.fieldNames()).toIterable().contains("time", "level", "logger", "message");
        if (object.at("/logger").asText().equals("dev.asyncjob.transition")) {
          transitions.add(object.get("fields"));
        }
      }
      assertThat(transitions)
          .extracting(
              fields -> fields.path("job").asText(),
              fields -> fields.path("thirdPartyJobId").asText(),
              fields -> fields.path("from").asText(),
              fields -> fields.path("to").asText(),
              fields -> fields.has("latenessMs"))
          .containsExactly(
              transition(namespace, "None", "Queued", false),
              transition(namespace, "Queued", "InProgress", true),
              transition(namespace, "InProgress", "Completed", true));
    }
  }

  private static Tuple transition(TestNamespace namespace, String from, String to, boolean late) {
    return tuple(namespace.name() + "/x", "id \"1\" {} %d é", from, to, late);
  }
}
