package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.Command;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server itself accepts and refuses: before it is stored, and in words. */
@ExtendWith(OperatedClusterExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
class AdmissionIT {
  private static final String BASE =
      "thirdPartyJobId: abc, queuedDuration: %s, inProgressDuration: 0s, jitterPercent: 0,"
          + " outcome: {message: m, output: {rows: 42}}, restartNonce: 5";
  private static final String RUNNING = "{" + BASE.formatted("600s") + "}";
  private static final String FINISHED = "{" + BASE.formatted("0s") + "}";
  private static final String TERMINATED = "{termination: {reason: old}, restartNonce: 5}";

  private static Jobs jobs;

  /** One job for each state; nothing that is tried here may change them. */
  @BeforeAll
  static void create(Jobs given) {
    jobs = given;
    jobs.apply("running", RUNNING);
    jobs.apply("finished", FINISHED);
    jobs.apply("terminated", TERMINATED);
    jobs.await("running", "Queued/Running");
    jobs.await("finished", "Completed/Completed");
    jobs.await("terminated", "-/Terminated");
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {queuedDuration: 1.5d}                  | spec.queuedDuration                   | should match
          {queuedDuration: 1d}                    | spec.queuedDuration                   | should match
          {queuedDuration: ''}                    | spec.queuedDuration                   | should match
          {queuedDuration: 20}                    | spec.queuedDuration                   | must be of type string
          {queuedDuration: '20'}                  | spec.queuedDuration                   | should match
          {queuedDuration: 1s 500ms}              | spec.queuedDuration                   | should match
          {queuedDuration: 1h1m1s1ms1s}           | spec.queuedDuration                   | should match
          {queuedDuration: 100000s}               | spec.queuedDuration                   | should match
          {inProgressDuration: -1s}               | spec.inProgressDuration               | should match
          {inProgressDuration: PT20S}             | spec.inProgressDuration               | should match
          {inProgressDuration: 20S}               | spec.inProgressDuration               | should match
          {inProgressDuration: abc 3s xyz}        | spec.inProgressDuration               | should match
          {inProgressDuration: "1s\\n"}           | spec.inProgressDuration               | should match
          {inProgressDuration: true}              | spec.inProgressDuration               | must be of type string
          {jitterPercent: 101}                    | spec.jitterPercent                    | less than or equal to 100
          {jitterPercent: -1}                     | spec.jitterPercent                    | greater than or equal to 0
          {jitterPercent: 1.5}                    | spec.jitterPercent                    | must be of type integer
          {jitterPercent: '10'}                   | spec.jitterPercent                    | must be of type integer
          {thirdPartyJobId: ''}                   | spec.thirdPartyJobId                  | at least 1 chars
          {thirdPartyJobId: LONG129}              | spec.thirdPartyJobId                  | Too long
          {thirdPartyJobId: "a\\nb"}              | spec.thirdPartyJobId                  | should match
          {thirdPartyJobId: "a\\x7f"}             | spec.thirdPartyJobId                  | should match
          {thirdPartyJobId: 42}                   | spec.thirdPartyJobId                  | must be of type string
          {notBeforeTime: tomorrow}               | spec.notBeforeTime                    | should match
          {notBeforeTime: '2026-12-01'}           | spec.notBeforeTime                    | should match
          {notBeforeTime: '2026-12-01T08:00:00'}  | spec.notBeforeTime                    | should match
          {notBeforeTime: '2026-12-01 08:00:00Z'} | spec.notBeforeTime                    | should match
          {notBeforeTime: '2026-02-30T08:00:00Z'} | spec.notBeforeTime                    | date-time
          {notBeforeTime: '2026-12-01T25:00:00Z'} | spec.notBeforeTime                    | date-time
          {notBeforeTime: '2026-12-01T24:00:00Z'} | spec.notBeforeTime                    | date-time
          {notBeforeTime: '2026-06-30T23:59:60Z'} | spec.notBeforeTime                    | date-time
          {notBeforeTime: '2026-12-01T08:00:00+99:99'}           | spec.notBeforeTime     | should match
          {notBeforeTime: '2026-12-01T08:00:00.1234567890123Z'}  | spec.notBeforeTime     | should match
          {notBeforeTime: '2200-01-01T00:00:00Z'} | spec.notBeforeTime                    | must be before 2200-01-01
          {notBeforeTime: 1700000000}             | spec.notBeforeTime                    | must be of type date-time
          {outcome: failed}                       | spec.outcome                          | must be of type object
          {outcome: {failurePercent: 101}}        | spec.outcome.failurePercent           | less than or equal to 100
          {outcome: {failurePercent: -1}}         | spec.outcome.failurePercent           | greater than or equal to 0
          {outcome: {reason: ''}}                 | spec.outcome.reason                   | at least 1 chars
          {outcome: {reason: quotaExceeded}}      | spec.outcome.reason                   | should match
          {outcome: {reason: Quota exceeded}}     | spec.outcome.reason                   | should match
          {outcome: {reason: ALONG65}}            | spec.outcome.reason                   | Too long
          {outcome: {reason: Terminated}}         | spec.outcome.reason                   | must not be Terminated
          {outcome: {reason: OutputTooLarge}}     | spec.outcome.reason                   | must not be Terminated
          {outcome: {message: LONG1025}}          | spec.outcome.message                  | Too long
          {outcome: {outptu: 1}}                  | spec.outcome.outptu                   | unknown field
          {suspend: 'true'}                       | spec.suspend                          | must be of type boolean
          {suspendPolicy: freeze}                 | spec.suspendPolicy                    | supported values: "Continue", "Freeze"
          {suspendPolicy: ''}                     | spec.suspendPolicy                    | supported values: "Continue", "Freeze"
          {termination: true}                     | spec.termination                      | must be of type object
          {termination: {reason: LONG1025}}       | spec.termination.reason               | Too long
          {restartNonce: -1}                      | spec.restartNonce                     | greater than or equal to 0
          {restartNonce: '1'}                     | spec.restartNonce                     | must be of type integer
          {restartNonce: 9223372036854775808}     | spec.restartNonce                     | must be of type integer
          {ttlSecondsAfterFinished: -1}           | spec.ttlSecondsAfterFinished          | greater than or equal to 0
          {ttlSecondsAfterFinished: 2147483648}   | spec.ttlSecondsAfterFinished          | less than or equal to 2147483647
          {ttlSecondsAfterFinished: 1h}           | spec.ttlSecondsAfterFinished          | must be of type integer
          {queueDuration: 1s}                     | spec.queueDuration                    | unknown field
          {QueuedDuration: 1s}                    | spec.QueuedDuration                   | unknown field
          []                                      | spec                                  | must be of type object
          text                                    | spec                                  | must be of type object
          null                                    | spec                                  | Required value
          """)
  void refusesABadJob(String spec, String field, String rule) {
    var result = tryDry(Jobs.manifest("bad", expanded(spec)));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains(field).contains(rule);
    assertThat(jobs.versions("bad")).isEmpty();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {queuedDuration: 0s, inProgressDuration: 00000ms}
          {queuedDuration: 99999h99999h99999h99999h, jitterPercent: 100}
          {queuedDuration: 1m30s, inProgressDuration: 1s500ms}
          {queuedDuration: 1ms1s1ms1s}
          {thirdPartyJobId: LONG128}
          {thirdPartyJobId: 'Ünïcode / "id" 🎉'}
          {notBeforeTime: '2199-12-31T23:59:59.999999999Z'}
          {notBeforeTime: '2026-12-01T08:00:00+05:30'}
          {notBeforeTime: '2026-12-01T08:00:00.1-17:59'}
          {notBeforeTime: '0001-01-01T00:00:00Z'}
          {jitterPercent: 0, outcome: {failurePercent: 100, reason: ALONG64, message: LONG1024}}
          {outcome: {output: {unknown: {fields: [1, two, null, 3.5]}}}}
          {outcome: {output: text}}
          {outcome: {output: null}}
          {outcome: {}}
          {suspend: true, suspendPolicy: Continue}
          {suspendPolicy: Freeze}
          {termination: {}}
          {termination: {reason: LONG1024}}
          {restartNonce: 9223372036854775807}
          {ttlSecondsAfterFinished: 0}
          {ttlSecondsAfterFinished: 2147483647}
          {}
          """)
  void acceptsAGoodJob(String spec) {
    var result = tryDry(Jobs.manifest("good", expanded(spec)));

    assertThat(result.stderr()).isEmpty();
    assertThat(result.stdout()).contains("created (server dry run)");
    assertThat(jobs.versions("good")).isEmpty();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          running    | thirdPartyJobId: abd       | spec.thirdPartyJobId | must not change once set
          running    | thirdPartyJobId: null      | spec.thirdPartyJobId | must not change once set
          running    | restartNonce: 6            | spec.restartNonce    | must only be raised on a finished job
          running    | restartNonce: 4            | spec.restartNonce    | must not be lowered or removed
          running    | restartNonce: null         | spec.restartNonce    | must not be lowered or removed
          finished   | queuedDuration: 1s         | spec                 | a finished job must not change
          finished   | queuedDuration: null       | spec                 | a finished job must not change
          finished   | inProgressDuration: 0ms    | spec                 | a finished job must not change
          finished   | jitterPercent: 1           | spec                 | a finished job must not change
          finished   | notBeforeTime: '2026-12-01T08:00:00Z' | spec      | a finished job must not change
          finished   | outcome: {message: n, output: {rows: 42}}  | spec | a finished job must not change
          finished   | outcome: {message: m, output: {rows: 43}}  | spec | a finished job must not change
          finished   | outcome: {message: m, output: {}}          | spec | a finished job must not change
          finished   | outcome: {message: m}      | spec                 | a finished job must not change
          finished   | outcome: null              | spec                 | a finished job must not change
          finished   | suspendPolicy: Freeze      | spec                 | a finished job must not change
          finished   | termination: {}            | spec                 | a finished job must not change
          finished   | thirdPartyJobId: abd       | spec                 | a finished job must not change
          finished   | thirdPartyJobId: abd       | spec.thirdPartyJobId | must not change once set
          finished   | restartNonce: 4            | spec.restartNonce    | must not be lowered or removed
          finished   | restartNonce: 4, queuedDuration: 1s | spec        | a finished job must not change
          terminated | termination: null          | spec.termination     | must stay until restartNonce is raised
          terminated | termination: {reason: new} | spec                 | a finished job must not change
          terminated | restartNonce: 6            | spec.termination     | must be removed when restartNonce is raised
          """)
  void refusesABadChange(String name, String change, String field, String rule) {
    var before = jobs.versions(name).size();

    var result = tryDry(Jobs.manifest(name, changed(name, change)));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains(field).contains(rule);
    assertThat(jobs.versions(name)).hasSize(before);
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          running    | queuedDuration: 1s, inProgressDuration: null
          running    | queuedDuration: null, jitterPercent: 100, outcome: null
          running    | notBeforeTime: '2026-12-01T08:00:00Z', suspend: true, suspendPolicy: Continue
          running    | termination: {}, ttlSecondsAfterFinished: 0
          running    | outcome: {output: [1], failurePercent: 100}
          finished   | suspend: true
          finished   | ttlSecondsAfterFinished: 0
          finished   | ttlSecondsAfterFinished: 2147483647, suspend: false
          finished   | restartNonce: 6
          finished   | restartNonce: 4503599627370496
          finished   | restartNonce: 6, thirdPartyJobId: abd, queuedDuration: 1s, outcome: {output: 1}
          finished   | restartNonce: 6, thirdPartyJobId: null, queuedDuration: null, outcome: null
          finished   | restartNonce: 6, termination: {}, suspend: true, suspendPolicy: Continue
          finished   | restartNonce: 6, notBeforeTime: '2026-12-01T08:00:00Z', jitterPercent: 50
          terminated | restartNonce: 6, termination: null
          terminated | restartNonce: 6, termination: null, thirdPartyJobId: x, queuedDuration: 1s
          terminated | ttlSecondsAfterFinished: 1
          """)
  void acceptsAGoodChange(String name, String change) {
    var result = tryDry(Jobs.manifest(name, changed(name, change)));

    assertThat(result.stderr()).isEmpty();
    assertThat(result.stdout()).contains("configured (server dry run)");
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(strings = {"running", "finished", "terminated"})
  void acceptsTheSameAgainAndLabelsAndAnnotations(String name) {
    var same = tryDry(Jobs.manifest(name, changed(name, "")));
    assertThat(same.stdout()).contains("unchanged (server dry run)");

    for (var verb : new String[] {"label", "annotate"}) {
      var result = jobs.kubectl().run(verb, "aj", name, "a=b", "--dry-run=server");
      assertThat(result.stderr()).isEmpty();
      assertThat(result.exitCode()).isZero();
    }
  }

  @Flow
  void aNameIsCheckedAsEverywhere() {
    assertThat(tryDry(Jobs.manifest("GB_4711", "{}")).stderr())
        .contains("metadata.name")
        .contains("RFC 1123");
  }

  @Flow
  void aStatusComesFromTheOperatorOnly() {
    var result =
        tryDry(
            "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: z}, spec: {},"
                + " status: {runtimeStatus: Completed}}");

    assertThat(result.exitCode()).isZero();
    var created =
        jobs.kubectl()
            .runWithInput(
                "{apiVersion: asyncjob.dev/v1, kind: AsyncJob, metadata: {name: z}, spec: {},"
                    + " status: {runtimeStatus: Completed}}",
                "create",
                "--dry-run=server",
                "-o=jsonpath={.status}",
                "-f",
                "-");
    assertThat(created.stdout()).isEqualTo("{\"observedGeneration\":-1}");
  }

  private static Command.Result tryDry(String manifest) {
    return jobs.kubectl().runWithInput(manifest, "apply", "--dry-run=server", "-f", "-");
  }

  /** The manifest of a job with some fields of its spec replaced; YAML's last key would not win. */
  private static String changed(String name, String change) {
    var spec =
        switch (name) {
          case "running" -> RUNNING;
          case "finished" -> FINISHED;
          default -> TERMINATED;
        };
    var merged = new LinkedHashMap<>(fields(spec));
    merged.putAll(fields("{" + change + "}"));
    return Serialization.asJson(merged);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(String yaml) {
    return (Map<String, Object>) Serialization.unmarshal("spec: " + yaml, Map.class).get("spec");
  }

  private static String expanded(String spec) {
    return spec.replace("LONG1025", "x".repeat(1025))
        .replace("LONG1024", "x".repeat(1024))
        .replace("LONG129", "x".repeat(129))
        .replace("LONG128", "x".repeat(128))
        .replace("ALONG65", "A".repeat(65))
        .replace("ALONG64", "A".repeat(64));
  }
}
