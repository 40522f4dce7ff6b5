package dev.asyncjob.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncjob.resource.RuntimeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void namesAreReadInAnyCaseAndValuesTrimmed() {
    var query = new Query(Map.of("SHOWINPUT", List.of(" False "), "Reason", List.of(" a b ")));

    assertThat(query.flag("showInput", true)).isFalse();
    assertThat(query.text("reason")).hasValue("a b");
  }

  @Test
  void whatDoesNotParseIsAbsent() {
    for (var value : List.of("1", "yes", "", "x")) {
      assertThat(query("flag", value).flag("flag", true)).isTrue();
      assertThat(query("flag", value).flag("flag", false)).isFalse();
    }
    assertThat(query("flag", "true", "true").flag("flag", false)).isFalse();
    assertThat(query("top", "1.5").integer("top")).isEmpty();
    assertThat(query("timeout", "Infinity").number("timeout")).isEmpty();
    assertThat(query("timeout", "1e999").number("timeout")).isEmpty();
    assertThat(query("from", "soon").date("from")).isEmpty();
  }

  @Test
  void dates() {
    assertThat(query("from", "2025-05-20T10:00:00 00:00").date("from"))
        .hasValue(Instant.parse("2025-05-20T10:00:00Z"));
  }

  @Test
  void statuses() {
    assertThat(lenient("Completed, Failed"))
        .containsExactly(RuntimeStatus.Completed, RuntimeStatus.Failed);
    assertThat(lenient("1,6")).containsExactly(RuntimeStatus.Pending, RuntimeStatus.Completed);
    assertThat(lenient("Running,bogus")).containsExactly(RuntimeStatus.Running);
    assertThat(lenient("Canceled")).isEmpty();
    assertThat(lenient("completed")).hasSize(6);
    assertThat(lenient("8")).hasSize(6);
    assertThat(lenient("")).hasSize(6);
    assertThatThrownBy(() -> StatusFilter.strict(List.of("Completed", "completed")))
        .isInstanceOf(Problem.class);
  }

  @Test
  void waits() {
    assertThat(Wait.of(query("timeout", "10"))).isEmpty();
    assertThat(wait("10", "0.5"))
        .isEqualTo(new Wait(Duration.ofSeconds(10), Duration.ofMillis(500)));
    assertThat(wait("-1", "-2")).isEqualTo(new Wait(Duration.ZERO, Duration.ofMillis(50)));
    assertThatThrownBy(() -> wait("1", "2")).isInstanceOf(Problem.class);
  }

  private static Wait wait(String timeout, String interval) {
    return Wait.of(
            new Query(Map.of("timeout", List.of(timeout), "pollingInterval", List.of(interval))))
        .orElseThrow();
  }

  private static Set<RuntimeStatus> lenient(String value) {
    return StatusFilter.lenient(query("s", value).items("s")).statuses();
  }

  private static Query query(String name, String... values) {
    return new Query(Map.of(name, List.of(values)));
  }
}
