package dev.asyncjob.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Inputs that once did harm, a few for each part of the program, and such as are made of these.
 *
 * <p>{@code -Dfuzz.inputs=1000000} makes more of them, {@code -Dfuzz.seed} others.
 */
class InputsTest {
  private static final Path FOLDER = Path.of("src/test/resources/inputs");
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("fuzz.seed", 4711);

  @Test
  void everyInputIsAnsweredOrRefused() throws Exception {
    var seeds = seeds();
    assertThat(seeds.stream().map(seed -> Math.floorMod(seed[0], Inputs.parts())).distinct())
        .hasSize(Inputs.parts());
    var mutations = new Mutations(SEED);
    for (var seed : seeds) {
      read(seed);
    }
    for (var i = 0; i < INPUTS; i++) {
      read(mutations.of(seeds));
    }
  }

  private static void read(byte[] input) throws Exception {
    try {
      Inputs.read(input);
    } catch (Exception | Error e) {
      throw new AssertionError(
          "the input "
              + Base64.getEncoder().encodeToString(input)
              + ", as text "
              + new String(input, StandardCharsets.UTF_8),
          e);
    }
  }

  private static List<byte[]> seeds() throws IOException {
    var seeds = new ArrayList<byte[]>();
    try (var files = Files.list(FOLDER)) {
      for (var file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }
}
