package dev.asyncjob.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper(Json.factory());

  private static String deep(int levels, String open, String close) {
    return open.repeat(levels) + "1" + close.repeat(levels);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rows\":42}",
        "[1,[],{},\"\",null,true]",
        "\"text\"",
        "1",
        "false",
        "12345678901234567890123456789",
        "0.1000000000000000055511151231257827",
        "1E+400",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":2}",
        "\"\\u0000\\n\\\"\\\\\""
      })
  void isPassedOnAsItCame(String json) throws JsonProcessingException {
    var read = MAPPER.readValue(json, Json.class);
    assertThat(read.compact()).isEqualTo(json);
    assertThat(MAPPER.writeValueAsString(read)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {"{ \"rows\" : [ 1 , 2 ] }|{\"rows\":[1,2]}", "\"\\u003c\\u00e9\"|\"<é\""})
  void isKeptCompact(String json, String compact) throws JsonProcessingException {
    assertThat(MAPPER.readValue(json, Json.class).compact()).isEqualTo(compact);
  }

  @Test
  void itsSizeIsInBytes() {
    assertThat(new Json("{\"rows\":42}").size()).isEqualTo(11);
    assertThat(new Json("\"é€😀\"").size()).isEqualTo(2 + 2 + 3 + 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {"[|]", "{\"a\":|}"})
  void isReadAndWrittenAsDeepAsTheApiServerReads(String open, String close)
      throws JsonProcessingException {
    var json = "{\"failurePercent\":0,\"output\":" + deep(9_000, open, close) + "}";
    var outcome = MAPPER.readValue(json, Outcome.class);
    assertThat(MAPPER.writeValueAsString(outcome)).contains(deep(9_000, open, close));
  }

  @Test
  void aDeepOutputInAJobIsReadAndWritten() throws JsonProcessingException {
    var output = deep(9_000, "[", "]");
    var job =
        MAPPER.readValue(
            "{\"spec\":{\"outcome\":{\"output\":%s}},\"status\":{\"output\":%s}}"
                .formatted(output, output),
            AsyncJob.class);
    assertThat(job.specProblem()).isEmpty();
    assertThat(job.statusProblem()).isEmpty();
    assertThat(job.getStatus().output()).isEqualTo(new Json(output));
    assertThat(MAPPER.writeValueAsString(job)).contains(output);
  }

  @Test
  void aFieldMayHaveAnyName() throws JsonProcessingException {
    for (var name : List.of("x".repeat(60_000), "x".repeat(1 << 20), "\uFFFD", "")) {
      var outcome = "{\"failurePercent\":0,\"output\":{\"" + name + "\":1}}";
      var read = MAPPER.readValue(outcome, Outcome.class);
      assertThat(MAPPER.writeValueAsString(read)).contains(name);
    }
  }
}
