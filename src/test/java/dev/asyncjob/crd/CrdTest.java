package dev.asyncjob.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CrdTest {
  private static final Path COMMITTED = Path.of("crds/asyncjobs.asyncjob.dev-v1.yml");

  @Test
  void theCommittedDefinitionIsTheOneOfTheClasses() throws IOException {
    var generated = CrdGeneration.yaml();
    if (Boolean.getBoolean("crd.write")) {
      Files.writeString(COMMITTED, generated);
    }
    assertThat(Files.readString(COMMITTED))
        .as("%s; write it anew with mvn test -Dtest=CrdTest -Dcrd.write", COMMITTED)
        .isEqualTo(generated);
  }
}
