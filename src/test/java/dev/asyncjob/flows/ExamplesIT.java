package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each manifest under {@code examples/} does what its comment says. */
@ExtendWith(OperatedClusterExtension.class)
class ExamplesIT {
  private static final Path FOLDER = Path.of("examples");

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({
    "quickstart, gb4711, condition=Complete",
    "timer, timer, jsonpath={.status.nextTransitionTime}=2099-12-31T23:00:00.000Z",
    "cleanup, cleanup, delete",
  })
  void eachIsWhatItClaims(String example, String job, String claim, Jobs jobs) {
    apply(jobs, example);

    await(jobs, "aj/" + job, claim);
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({
    "failing, Failed, {.status.conditions[?(@.type=='Failed')].reason}, QuotaExceeded",
    "failing, Stalled, {.status.message}, no capacity left",
    "output, Complete, {.status.output.rows} {.status.output.files[1]}, 42 b.csv",
  })
  void itsStatusSaysMore(String example, String condition, String path, String text, Jobs jobs) {
    apply(jobs, example);
    await(jobs, "aj/" + example, "condition=" + condition);

    assertThat(read(jobs, example, path)).isEqualTo(text);
  }

  @Flow
  void theSuspendedOneStartsWhenItIsLetGo(Jobs jobs) {
    apply(jobs, "suspended");
    await(jobs, "aj/suspended", "condition=Suspended");
    assertThat(read(jobs, "suspended", "{.status.runtimeStatus}")).isEqualTo("Pending");

    jobs.edit("suspended", "{\"suspend\": false}");

    await(jobs, "aj/suspended", "condition=Complete");
  }

  @Flow
  void aGreaterNonceIsTheNextAttempt(Jobs jobs) throws IOException {
    apply(jobs, "restart");
    await(jobs, "aj/restart", "condition=Finished");

    jobs.kubectl()
        .apply(Files.readString(file("restart")).replace("restartNonce: 1", "restartNonce: 2"));

    await(jobs, "aj/restart", "jsonpath={.status.attempt}=2");
    await(jobs, "aj/restart", "condition=Complete");
  }

  @Flow
  void theLoadTakesItsTimeAndEnds(Jobs jobs) {
    jobs.kubectl().get("create", "-f", file("load").toString());

    await(jobs, "aj", "condition=Finished", "-l=example=load");
    var durations =
        jobs.kubectl().get("get", "aj", "-o=jsonpath={.items[*].status.phases[*].duration}");
    assertThat(durations.split(" ", -1)).hasSize(6).doesNotHaveDuplicates();
  }

  /** No Pod runs here: what its containers do, with the rights of its ServiceAccount. */
  @Flow
  void thePipelineMayDoWhatItDoes(Jobs jobs) throws IOException {
    var user = "--as=system:serviceaccount:" + jobs.namespace().name() + ":pipeline";
    apply(jobs, "wait-in-ci");

    for (var container : List.of("initContainers", "containers")) {
      var path = "-o=jsonpath={.spec.template.spec." + container + "[0].args}";
      var command = new ArrayList<String>();
      new ObjectMapper()
          .readTree(jobs.kubectl().get("get", "job", "pipeline", path))
          .forEach(argument -> command.add(argument.asText()));
      command.add(user);
      assertThat(jobs.kubectl().get(command.toArray(String[]::new))).contains("condition met");
    }
    assertThat(jobs.kubectl().run("delete", "aj", "step", user).stderr()).contains("forbidden");
  }

  private static void apply(Jobs jobs, String example) {
    jobs.kubectl().get("apply", "-f", file(example).toString());
  }

  private static void await(Jobs jobs, String what, String claim, String... options) {
    var command = new ArrayList<>(List.of("wait", what, "--for=" + claim, "--timeout=90s"));
    command.addAll(List.of(options));
    jobs.kubectl().withLimit(Duration.ofMinutes(2)).get(command.toArray(String[]::new));
  }

  private static String read(Jobs jobs, String job, String path) {
    return jobs.kubectl().get("get", "aj", job, "-o=jsonpath=" + path);
  }

  private static Path file(String example) {
    return FOLDER.resolve(example + ".yaml");
  }
}
