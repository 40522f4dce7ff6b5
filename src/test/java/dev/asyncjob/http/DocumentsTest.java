package dev.asyncjob.http;

import static dev.asyncjob.http.JobFixture.COMPLETED;
import static dev.asyncjob.http.JobFixture.RUNNING;
import static dev.asyncjob.http.JobFixture.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.store.InstanceId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clients get to read, to the letter. */
class DocumentsTest {
  @Test
  void aRunningJobMadeWithKubectl() {
    assertThat(status(RUNNING, true))
        .isEqualTo(
            """
            {"name":"AsyncJobOrchestrator","instanceId":"gb4711","runtimeStatus":"Running",\
            "input":{"ThirdPartyJobId":"t1","QueuedDuration":1.5,"InProgressDuration":60},\
            "customStatus":"InProgress","output":null,\
            "createdTime":"2025-05-20T10:00:00Z","lastUpdatedTime":"2025-05-20T10:00:01Z"}""");
  }

  @Test
  void aJobStartedByHttp() {
    var byHttp =
        RUNNING.replace(
            "spec: {}",
            """
              annotations:
                asyncjob.dev/request: '{"time":"2025-05-20T09:59:58.100Z","restartNonce":0,"input":{"QueuedDuration":1.50}}'
            spec: {}""");

    assertThat(status(byHttp, true))
        .contains(
            "\"input\":{\"QueuedDuration\":1.50}", "\"createdTime\":\"2025-05-20T09:59:58Z\"");
    assertThat(status(byHttp, false)).contains("\"input\":null");
  }

  @Test
  void anAnnotationThatNobodyCanReadIsAsGoodAsNone() {
    for (var annotation :
        List.of(
            "garbage",
            "[]",
            "{\"time\":5,\"restartNonce\":0}",
            "{\"time\":\"2025-05-20T09:59:58Z\",\"restartNonce\":0.5}",
            "{\"time\":\"2025-05-20T09:59:58Z\",\"restartNonce\":0,\"input\":1e99999999999}",
            "{\"time\":\"+1000000000-12-31T23:59:59Z\",\"restartNonce\":0}",
            "{\"time\":\"+10000-01-01T00:00:00Z\",\"restartNonce\":0}",
            "{\"time\":\"-1000000000-01-01T00:00:00Z\",\"restartNonce\":0}")) {
      var job =
          RUNNING.replace(
              "spec: {}",
              "  annotations: {asyncjob.dev/request: '%s'}\nspec: {}".formatted(annotation));
      assertThat(status(job, true)).as(annotation).isEqualTo(status(RUNNING, true));
      assertThat(history(job, true, true)).isEqualTo(history(RUNNING, true, true));
    }
  }

  @Test
  void aRequestOfAnEarlierAttemptIsHistory() {
    var restarted =
        RUNNING
            .replace(
                "spec: {}",
                """
                  annotations:
                    asyncjob.dev/request: '{"time":"2024-01-01T00:00:00Z","restartNonce":0,"input":null}'
                spec: {restartNonce: 1}""")
            .replace("restartNonce: 0\n", "restartNonce: 1\n");

    assertThat(status(restarted, true))
        .contains("\"ThirdPartyJobId\":\"t1\"", "\"createdTime\":\"2025-05-20T10:00:00Z\"");
  }

  @Test
  void aJobThatNobodyHasSeen() {
    assertThat(
            status(
                """
                metadata: {name: new, namespace: default, creationTimestamp: 2025-05-20T10:00:00Z}
                spec: {queuedDuration: 20s}
                status: {observedGeneration: -1}
                """,
                true))
        .isEqualTo(
            """
            {"name":"AsyncJobOrchestrator","instanceId":"new","runtimeStatus":"Pending",\
            "input":{"QueuedDuration":20},"customStatus":null,"output":null,\
            "createdTime":"2025-05-20T10:00:00Z","lastUpdatedTime":"2025-05-20T10:00:00Z"}""");
  }

  @Test
  void aRestartThatIsOwedIsPending() {
    assertThat(status(COMPLETED.replace("spec: {}", "spec: {restartNonce: 1}"), true))
        .contains("\"runtimeStatus\":\"Pending\"", "\"customStatus\":null", "\"output\":null");
  }

  @Test
  void outputs() {
    assertThat(output(COMPLETED)).isEqualTo("[]");
    assertThat(output(COMPLETED + "  output: {rows: 42}\n")).isEqualTo("{\"rows\":42}");
    var failed = COMPLETED.replace("Status: Completed", "Status: Failed");
    assertThat(output(failed + "  message: no \"capacity\"\n"))
        .isEqualTo("\"no \\\"capacity\\\"\"");
    assertThat(
            output(
                failed
                    + """
                      conditions:
                      - {type: Failed, status: 'True', reason: QuotaExceeded, message: '', lastTransitionTime: 2025-05-20T10:01:02.003Z}
                    """))
        .isEqualTo("\"QuotaExceeded\"");
    assertThat(output(failed)).isEqualTo("\"Failed\"");
  }

  @Test
  void outputsOfTerminatedJobs() {
    assertThat(terminated("{}")).isEqualTo("null");
    assertThat(terminated("{reason: ''}")).isEqualTo("\"\"");
    assertThat(terminated("{reason: buggy}")).isEqualTo("\"buggy\"");
    assertThat(terminated("{reason: '123'}")).isEqualTo("123");
    assertThat(terminated("{reason: '{\"a\": [1.50]}'}")).isEqualTo("{\"a\":[1.50]}");
    assertThat(terminated("{reason: '{a'}")).isEqualTo("\"{a\"");
    assertThat(terminated("{reason: '1e5'}")).isEqualTo("1E+5");
    assertThat(terminated("{reason: '1e99999999999'}")).isEqualTo("\"1e99999999999\"");
  }

  @Test
  void theHistoryOfACompletedJob() {
    assertThat(history(COMPLETED, true, true))
        .isEqualTo(
            """
            [{"EventType":"ExecutionStarted",\
            "Input":"{\\"ThirdPartyJobId\\":\\"t1\\",\\"QueuedDuration\\":1.5,\\"InProgressDuration\\":60}",\
            "Correlation":null,"ScheduledStartTime":null,"Generation":0,\
            "Timestamp":"2025-05-20T10:00:00.5Z","FunctionName":"AsyncJobOrchestrator"},\
            {"EventType":"TimerCreated","FireAt":"2025-05-20T10:00:02Z","Timestamp":"2025-05-20T10:00:00.5Z"},\
            {"EventType":"TimerFired","FireAt":"2025-05-20T10:00:02Z","Timestamp":"2025-05-20T10:00:02Z"},\
            {"EventType":"TimerCreated","FireAt":"2025-05-20T10:01:02Z","Timestamp":"2025-05-20T10:00:02Z"},\
            {"EventType":"TimerFired","FireAt":"2025-05-20T10:01:02Z","Timestamp":"2025-05-20T10:01:02Z"},\
            {"EventType":"ExecutionCompleted","OrchestrationStatus":"Completed","Result":[],\
            "FailureDetails":null,"Timestamp":"2025-05-20T10:01:02.003Z"}]""");
  }

  @Test
  void theHistoryWithoutInputsAndOutputs() {
    assertThat(history(COMPLETED, false, false)).doesNotContain("Input", "Result");
    assertThat(
            History.of(
                new Instance(job(COMPLETED.replace("spec: {}", "spec: {restartNonce: 1}"))),
                true,
                true))
        .isEmpty();
  }

  @Test
  void theHistoryOfATerminatedJobHasItsReasonAsAString() {
    var terminated = COMPLETED.replace("runtimeStatus: Completed", "runtimeStatus: Terminated");
    var event = "{\"EventType\":\"ExecutionTerminated\",%s\"TerminateDescendants\":true,";

    assertThat(history(terminated, true, false)).contains(event.formatted("\"Input\":null,"));
    assertThat(history(terminated, false, false)).contains(event.formatted(""));
    assertThat(
            history(
                terminated.replace("spec: {}", "spec: {termination: {reason: '1'}}"), true, false))
        .contains(event.formatted("\"Input\":\"1\","));
  }

  @Test
  void theUrlsOfTheManagementApi() {
    var urls = new ManagementUrls("https://jobs.example", Optional.of("a/b=="));
    var status = CheckStatus.of(new InstanceId("Job 1"), urls, "My Hub", "Storage", true);

    var instance = "https://jobs.example/runtime/webhooks/durabletask/instances/Job+1";
    var query = "taskHub=My+Hub&connection=Storage&code=a%2Fb%3D%3D";
    assertThat(JsonText.text(status))
        .isEqualTo(
            """
            {"id":"Job 1","statusQueryGetUri":"%1$s?%2$s&returnInternalServerErrorOnFailure=true",\
            "sendEventPostUri":"%1$s/raiseEvent/{eventName}?%2$s",\
            "terminatePostUri":"%1$s/terminate?reason={text}&%2$s",\
            "purgeHistoryDeleteUri":"%1$s?%2$s","restartPostUri":"%1$s/restart?%2$s",\
            "suspendPostUri":"%1$s/suspend?reason={text}&%2$s",\
            "resumePostUri":"%1$s/resume?reason={text}&%2$s"}"""
                .formatted(instance, query));
  }

  @Test
  void theUrlsOfTheOriginalApp() {
    var payload =
        WorkerPayload.of(
            new InstanceId("job-a *~b"),
            new ManagementUrls("http://localhost:8080", Optional.empty()));

    assertThat(payload.statusQueryGetUri())
        .isEqualTo("http://localhost:8080/runtime/webhooks/durabletask/instances/job-a%20%2A~b");
    assertThat(payload.terminatePostUri()).endsWith("/job-a%20%2A~b/terminate?reason={{text}}");
    assertThat(
            WorkerPayload.of(new InstanceId("x"), new ManagementUrls("http://h", Optional.of("k&")))
                .suspendPostUri())
        .endsWith("/suspend?reason={{text}}&code=k%26");
  }

  private static String status(String yaml, boolean showInput) {
    return JsonText.text(InstanceStatus.of(new Instance(job(yaml)), showInput));
  }

  private static String output(String yaml) {
    return new Instance(job(yaml)).output();
  }

  private static String terminated(String termination) {
    return output(
        COMPLETED
            .replace("runtimeStatus: Completed", "runtimeStatus: Terminated")
            .replace("spec: {}", "spec: {termination: " + termination + "}"));
  }

  private static String history(String yaml, boolean showInput, boolean showOutput) {
    return JsonText.text(History.of(new Instance(job(yaml)), showInput, showOutput).orElseThrow());
  }
}
