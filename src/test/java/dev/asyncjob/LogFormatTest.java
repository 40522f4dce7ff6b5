package dev.asyncjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a name, an id or a message holds, an event is a line and says no other than itself. */
class LogFormatTest {
  private static final String FORGED = "2026-01-01T00:00:00.000Z INFO  forged";

  /** Line ends of all kinds, a terminal's commands, turned directions of writing, a lookup. */
  static Stream<String> hostile() {
    return Stream.of(
        "a\n" + FORGED,
        "a\r\n" + FORGED,
        "a\r" + FORGED,
        "a\u000b" + FORGED,
        "a\f" + FORGED,
        "a\u0085" + FORGED,
        "a\u2028" + FORGED,
        "a\u2029" + FORGED,
        "a\u001b[2J\u001b]0;title\u0007",
        "a\u009b2J",
        "a\u0000b\bc\u007f",
        "a\u202eb\u2066c\u200fd",
        "a${jndi:ldap://127.0.0.1:1/x}${env:PATH}${sys:user.dir}%m%n{}",
        "a\",\"level\":\"ERROR\",\"x\":\"");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aTextEventIsALine(String hostile) {
    var lines = written("text", hostile, null).split("\\R", -1);

    assertThat(lines).hasSize(2);
    assertThat(lines[0]).startsWith("2026-11-25T08:00:00.000Z WARN  job a");
    assertThat(lines[0].chars()).noneMatch(LogFormatTest::isUnfit);
    assertThat(lines[1]).isEmpty();
    if (hostile.contains("$")) {
      assertThat(lines[0]).contains(hostile);
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void anExceptionIsSeenToBelongToItsEvent(String hostile) {
    var cause = new IllegalStateException(hostile, new IllegalArgumentException(hostile));

    var lines = List.of(written("text", "x", cause).split("\\R", -1));

    assertThat(lines.get(0)).isEqualTo("2026-11-25T08:00:00.000Z WARN  job x");
    assertThat(lines.get(1)).startsWith("java.lang.IllegalStateException: a");
    assertThat(lines.subList(2, lines.size() - 1)).isNotEmpty().allMatch(l -> l.startsWith("\t"));
    assertThat(lines.get(lines.size() - 1)).isEmpty();
    assertThat(lines).allMatch(line -> line.chars().noneMatch(LogFormatTest::isUnfit));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aJsonEventIsALineAndHasAllOfIt(String hostile) throws Exception {
    var lines = written("json", hostile, new IllegalStateException(hostile)).split("[\r\n]", -1);

    var json = new JsonMapper().readTree(lines[0]);
    assertThat(json.get("message").asText()).isEqualTo("job " + hostile);
    assertThat(json.at("/fields/id").asText()).isEqualTo(hostile);
    assertThat(json.get("level").asText()).isEqualTo("WARN");
    assertThat(json.get("exception").asText()).contains(hostile);
    assertThat(String.join("", List.of(lines).subList(1, lines.length))).isEmpty();
  }

  private static boolean isUnfit(int character) {
    return (Character.isISOControl(character) && character != '\t')
        || "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
                .indexOf(character)
            >= 0;
  }

  /** What the program's own configuration makes of an event. */
  private static String written(String format, String text, @Nullable Throwable thrown) {
    System.setProperty("asyncjob.log.format", format);
    try (var context = new LoggerContext("of the test")) {
      var configuration =
          ConfigurationFactory.getInstance()
              .getConfiguration(
                  context,
                  "log",
                  URI.create(LogFormatTest.class.getResource("/log4j2.xml").toString()));
      configuration.initialize();
      var fields = ContextDataFactory.createContextData();
      fields.putValue("id", text);
      var event =
          Log4jLogEvent.newBuilder()
              .setLoggerName("dev.asyncjob")
              .setLevel(Level.WARN)
              .setTimeMillis(1_795_593_600_000L)
              .setMessage(new ParameterizedMessage("job {}", text))
              .setContextData(fields)
              .setThrown(thrown)
              .build();
      return new String(
          configuration.getAppender("console").getLayout().toByteArray(event),
          StandardCharsets.UTF_8);
    } finally {
      System.clearProperty("asyncjob.log.format");
    }
  }
}
