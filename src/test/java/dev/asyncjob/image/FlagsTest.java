package dev.asyncjob.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.Jdk;
import dev.asyncjob.cluster.Project;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Half dead, it would keep its lease and do nothing. */
  @Test
  void anOperatorThatHasRunOutOfHeapEnds() {
    var flags = "-XX:Flags=" + Project.path("src/image/flags");

    var printed =
        Command.run(
            List.of(Jdk.program("java"), flags, "-XX:+PrintFlagsFinal", "-version"),
            "",
            LIMIT,
            builder -> {});

    assertThat(printed.stdout()).containsPattern("ExitOnOutOfMemoryError +:?= true");
  }
}
