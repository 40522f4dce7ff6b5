package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureTest {
  @Test
  void thereIsOneWhateverWasSampled(@TempDir Path folder) throws IOException {
    var svg = folder.resolve("soak.svg");
    var sample = new Sample(Duration.ofSeconds(2), Map.of(Figure.HEAP, 20.0));
    var titles = Arrays.stream(Figure.values()).map(figure -> ">" + figure.title() + "<").toList();

    for (var samples : List.of(List.<Sample>of(), List.of(sample))) {
      new Picture(samples, Duration.ofMinutes(1)).write(svg);

      assertThat(Files.readString(svg)).contains(titles);
    }
  }
}
