package dev.asyncjob.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.Kubectl;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.docs.Section;
import dev.asyncjob.gitops.GitOps.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ClusterExtension.class)
class GitOpsIT {
  private static final Path CUSTOMIZATION = GitOps.CUSTOMIZATIONS.resolve("asyncjob.dev/AsyncJob");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new YAMLMapper();

  private static GitOps gitOps;
  private static Map<String, Verdict> verdicts;

  @BeforeAll
  static void judge() {
    gitOps = GitOps.build();
    verdicts =
        gitOps.judge(
            JobState.all().stream().collect(Collectors.toMap(JobState::name, JobState::json)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not-seen          | Progressing | InProgress | InProgress | suspend, terminate
          pending           | Progressing | InProgress | Current    | suspend, terminate
          pending-suspended | Suspended   | InProgress | Current    | resume, terminate
          queued            | Progressing | InProgress | Current    | suspend, terminate
          in-progress       | Progressing | InProgress | Current    | suspend, terminate
          suspended         | Suspended   | InProgress | Current    | resume, terminate
          completed         | Healthy     | Current    | Current    | restart
          failed            | Degraded    | Failed     | Failed     | restart
          terminated        | Degraded    | Failed     | Failed     | restart
          output-too-large  | Degraded    | Failed     | Failed     | restart
          unreadable        | Degraded    | Failed     | Failed     | suspend, terminate
          edited            | Progressing | InProgress | InProgress | suspend, terminate
          restart-owed      | Progressing | InProgress | InProgress | suspend, terminate
          restarted         | Progressing | InProgress | Current    | suspend, terminate
          """)
  void eachStateIs(String state, String health, String flux, String kstatus, String actions) {
    var verdict = verdicts.get(state);

    assertThat(verdict.health().status()).as("Argo CD").isEqualTo(health);
    assertThat(verdict.flux()).as("Flux").isEqualTo(flux);
    assertThat(verdict.kstatus()).as("kstatus").isEqualTo(kstatus);
    assertThat(verdict.enabledActions()).as("actions of Argo CD").isEqualTo(actions);
  }

  @Test
  void theDocumentListsEachState() throws IOException {
    var rows =
        JobState.all().stream()
            .map(state -> row(state.name(), verdicts.get(state.name())))
            .collect(Collectors.joining());
    new Section(Path.of("docs/gitops.md"), "states")
        .mustBe("| job | Argo CD | and says | Flux | kstatus |\n|---|---|---|---|---|\n" + rows);
  }

  private static String row(String state, Verdict verdict) {
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            state.replace('-', ' '),
            verdict.health().status(),
            verdict.health().message(),
            verdict.flux(),
            verdict.kstatus());
  }

  /** In the layout that the repository of Argo CD asks for. */
  @Test
  void theTestDataForArgoCdIsWhatTheProgramWrites() throws IOException {
    var tests = new StringBuilder("tests:\n");
    for (var state : JobState.all()) {
      if (state.name().equals("output-too-large")) {
        continue; // Failed, and large.
      }
      mustHold(
          CUSTOMIZATION.resolve("testdata/" + state.name() + ".yaml"), JobState.yaml(state.json()));
      var health = verdicts.get(state.name()).health();
      tests.append(
          """
          - healthStatus:
              status: %s
              message: '%s'
            inputPath: testdata/%s.yaml
          """
              .formatted(health.status(), health.message(), state.name()));
    }
    mustHold(CUSTOMIZATION.resolve("health_test.yaml"), tests.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "suspend, queued",
    "resume, suspended",
    "terminate, in-progress",
    "restart, terminated"
  })
  void theActionTestsForArgoCdAreWhatTheScriptsDo(String action, String state) throws IOException {
    var actions = CUSTOMIZATION.resolve("actions");
    var job =
        JobState.all().stream().filter(any -> any.name().equals(state)).findFirst().orElseThrow();
    var changed = verdicts.get(state).actions().get(action).object();

    mustHold(actions.resolve("testdata/" + state + ".yaml"), JobState.yaml(job.json()));
    mustHold(actions.resolve("testdata/" + action + "-output.yaml"), JobState.yaml(changed));
    assertThat(Files.readString(actions.resolve("action_test.yaml")))
        .contains(
            """
            - action: %1$s
              inputPath: testdata/%2$s.yaml
              expectedOutputPath: testdata/%1$s-output.yaml
            """
                .formatted(action, state));
  }

  @Test
  void theDiscoveryTestsForArgoCdAreWhatTheScriptSays() throws IOException {
    var tests = YAML.readTree(CUSTOMIZATION.resolve("actions/action_test.yaml").toFile());

    assertThat(tests.get("discoveryTests"))
        .hasSize(2)
        .allSatisfy(
            test -> {
              var state = test.get("inputPath").asText().replaceAll("testdata/|.yaml", "");
              var offered = verdicts.get(state).actions();
              assertThat(test.get("result"))
                  .hasSize(offered.size())
                  .allSatisfy(
                      action ->
                          assertThat(action.get("disabled").asBoolean())
                              .isEqualTo(offered.get(action.get("name").asText()).disabled()));
            });
  }

  /** What an installation of Argo CD takes that does not have the scripts built in. */
  @Test
  void theConfigMapHoldsTheScripts() throws IOException {
    var definitions = new StringBuilder();
    for (var action : verdicts.get("queued").actions().keySet().stream().sorted().toList()) {
      definitions.append(
          "    - name: %s\n      action.lua: |\n%s"
              .formatted(action, script("actions/" + action + "/action.lua", 8)));
    }
    mustHold(
        GitOps.CUSTOMIZATIONS.resolveSibling("argocd-cm.yaml"),
        """
        # Made from resource_customizations. kubectl -n argocd patch configmap argocd-cm --patch-file argocd-cm.yaml
        data:
          resource.customizations.health.asyncjob.dev_AsyncJob: |
        %s  resource.customizations.actions.asyncjob.dev_AsyncJob: |
            discovery.lua: |
        %s    definitions:
        %s"""
            .formatted(script("health.lua", 4), script("actions/discovery.lua", 6), definitions));
  }

  private static String script(String file, int indent) throws IOException {
    return Files.readString(CUSTOMIZATION.resolve(file))
        .lines()
        .map(line -> line.isEmpty() ? "\n" : " ".repeat(indent) + line + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void theServerAndTheOperatorDoWhatTheActionsAskFor(TestNamespace namespace)
      throws JsonProcessingException {
    var kubectl = namespace.kubectl();
    try (var operator = namespace.startOperator(Map.of()).awaitReady()) {
      kubectl.apply(
          "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: x},"
              + " spec: {queuedDuration: 600s, outcome: {output: {}}}}");
      await(kubectl, "Queued/Running");

      act(kubectl, "suspend");
      await(kubectl, "Queued/Suspended");
      act(kubectl, "resume");
      await(kubectl, "Queued/Running");
      act(kubectl, "terminate");
      await(kubectl, "Queued/Terminated");
      act(kubectl, "restart");
      await(kubectl, "Queued/Running");

      assertThat(kubectl.get("get", "aj", "x", "-o=jsonpath={.spec.outcome.output}"))
          .as("what no action touches")
          .isEqualTo("{}");
      assertThat(operator.isAlive()).isTrue();
    }
  }

  /** As Argo CD does it: the script gets the live object, and what it changed becomes a patch. */
  private static void act(Kubectl kubectl, String action) throws JsonProcessingException {
    JsonNode live = JSON.readTree(kubectl.get("get", "aj", "x", "-o=json"));
    var offered = gitOps.judge(Map.of("x", live)).get("x").actions().get(action);

    assertThat(offered.disabled()).as(action).isFalse();
    kubectl.get("patch", "aj", "x", "--type=merge", "--patch=" + offered.patch());
  }

  private static void await(Kubectl kubectl, String state) {
    var parts = state.split("/", 2);
    kubectl.get("wait", "aj/x", "--for=jsonpath={.status.runtimeStatus}=" + parts[1]);
    kubectl.get("wait", "aj/x", "--for=jsonpath={.status.customStatus}=" + parts[0]);
  }

  /** Fails when a file is not the given text; with {@code -Ddocs.write} it is written first. */
  private static void mustHold(Path file, String text) throws IOException {
    if (System.getProperty("docs.write") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(file).as("write it anew with -Ddocs.write").exists().content().isEqualTo(text);
  }
}
