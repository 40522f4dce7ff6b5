package dev.asyncjob.clients;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.TestNamespace;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The document at /openapi.json is one, and the service is what it says. */
@ExtendWith(ClusterExtension.class)
class OpenApiIT {
  @Test
  void theDocumentIsOpenApi() {
    var programs = ClientPrograms.python("openapi");
    programs.runPython("validate.py", programs.source("../../../main/resources/openapi.json"));
  }

  /** Some thousand requests made up from the document; schemathesis.toml has the seed. */
  @Test
  void noAnswerIsOutsideOfTheDocument(TestNamespace namespace) {
    var programs = ClientPrograms.python("openapi");
    try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
      programs.runModule(
          "schemathesis.cli",
          "--config-file",
          programs.source("schemathesis.toml"),
          "run",
          operator.http() + "/openapi.json",
          "--no-color");
    }
  }
}
