package dev.asyncjob.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonArrayTest {
  @Test
  void isTheListAsJson() throws IOException {
    assertThat(text(List.of())).isEqualTo("[]");
    assertThat(text(List.of("a"))).isEqualTo("[\"a\"]");
    assertThat(text(List.of(1, "\u20ac", List.of()))).isEqualTo("[1,\"\u20ac\",[]]");
  }

  @Test
  void anItemIsMadeWhenItIsSent() throws IOException {
    var made = new AtomicInteger();
    var items =
        IntStream.range(0, 1000)
            .mapToObj(
                i -> {
                  made.incrementAndGet();
                  return "x".repeat(98);
                })
            .iterator();
    try (var array = JsonArray.of(items)) {
      for (var sent = 1; sent <= 1000; sent++) {
        assertThat(array.readNBytes(101)).hasSize(101);
        assertThat(made.get()).isLessThanOrEqualTo(sent + 1);
      }
      assertThat(new String(array.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("]");
    }
  }

  private static String text(List<?> items) throws IOException {
    return new String(JsonArray.of(items.iterator()).readAllBytes(), StandardCharsets.UTF_8);
  }
}
