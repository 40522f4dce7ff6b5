package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.asyncjob.resource.AsyncJobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OperatedClusterExtension.class)
class GetIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
  private static final String UUID =
      "[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

  @Flow
  void aWatchShowsOneLineForEachState(Jobs jobs) throws Exception {
    var lines = new CopyOnWriteArrayList<String>();
    try (var watch = jobs.kubectl().stream(lines::add, "get", "asyncjobs", "-w")) {
      // What comes after a line of this job comes through the watch, and is complete.
      jobs.apply("first", "{suspend: true}");
      await().atMost(LIMIT).until(() -> lines.stream().anyMatch(line -> line.startsWith("first")));

      jobs.apply("gb4711", "{queuedDuration: 500ms, inProgressDuration: 1s}");

      await()
          .atMost(LIMIT)
          .until(() -> lines.stream().anyMatch(line -> line.contains("Completed")));
      assertThat(watch.isAlive()).isTrue();
    }
    assertThat(lines.get(0)).matches("NAME +STATUS +RUNTIME +NEXT +AGE *");
    var completed = jobs.await("gb4711", "Completed/Completed");
    assertThat(lines.stream().filter(line -> line.startsWith("gb4711")).map(String::strip))
        .satisfiesExactly(
            line -> assertThat(line).matches("gb4711 +\\d+s"),
            line -> assertThat(line).matches(row("Queued", completed.queued().endTime())),
            line -> assertThat(line).matches(row("InProgress", completed.inProgress().endTime())),
            line -> assertThat(line).matches("gb4711 +Completed +Completed +\\d+s"));
    assertThat(completed.queued().endTime())
        .isEqualTo(completed.queued().startTime().plusMillis(500));
    assertThat(completed.inProgress().endTime())
        .isEqualTo(completed.inProgress().startTime().plusSeconds(1));
  }

  private static String row(String status, Instant next) {
    // With three fraction digits, also where Instant itself would print none.
    var time = next.plusNanos(1).toString().replaceAll("000001Z$", "Z");
    assertThat(time).matches(TIME);
    return "gb4711 +" + status + " +Running +" + Pattern.quote(time) + " +\\d+s";
  }

  @Flow
  void wideShowsDurationsIdAttemptAndMessage(Jobs jobs) {
    jobs.apply(
        "x",
        "{queuedDuration: 90s, inProgressDuration: 1500ms, termination: {reason: no longer needed}}");
    jobs.await("x", "-/Terminated");
    jobs.apply("z", "{queuedDuration: 0s, inProgressDuration: 100ms, thirdPartyJobId: abc-1}");
    jobs.await("z", "Completed/Completed");

    assertThat(jobs.kubectl().get("get", "aj", "-o", "wide").lines().map(String::strip))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "NAME +STATUS +RUNTIME +NEXT +AGE +QUEUED +INPROGRESS +THIRD-PARTY-ID"
                            + " +ATTEMPT +COMPLETED +MESSAGE"),
            line ->
                assertThat(line)
                    .matches(
                        "x +Terminated +\\d+s +1m30s +1s500ms +"
                            + UUID
                            + " +1 +\\d+s +no longer needed"),
            line ->
                assertThat(line)
                    .matches("z +Completed +Completed +\\d+s +0s +100ms +abc-1 +1 +\\d+s"));
  }

  @Flow
  void theServerFiltersByStatus(Jobs jobs) {
    jobs.apply("held", "{suspend: true}");
    jobs.apply("waiting", "{queuedDuration: 600s}");
    jobs.apply("done", "{queuedDuration: 0s, inProgressDuration: 0s, thirdPartyJobId: abc-2}");
    jobs.await("held", "-/Pending");
    jobs.await("waiting", "Queued/Running");
    jobs.await("done", "Completed/Completed");

    assertThat(selected(jobs, "status.customStatus=Queued")).containsExactly("waiting");
    assertThat(selected(jobs, "status.customStatus!=Queued")).containsExactly("done", "held");
    assertThat(selected(jobs, "status.runtimeStatus=Pending")).containsExactly("held");
    assertThat(selected(jobs, "status.thirdPartyJobId=abc-2")).containsExactly("done");
    assertThat(jobs.kubectl().run("get", "aj", "--field-selector=spec.suspend=true").stderr())
        .contains("field label not supported");
  }

  private static List<String> selected(Jobs jobs, String selector) {
    return jobs.kubectl()
        .get("get", "aj", "--field-selector=" + selector, "-o", "name")
        .lines()
        .map(line -> line.replace("asyncjob.asyncjob.dev/", ""))
        .toList();
  }

  @Flow
  void everyTimeHasThreeFractionDigits(Jobs jobs) {
    jobs.apply("done", "{queuedDuration: 100ms, inProgressDuration: 0s}");
    jobs.apply("held", "{queuedDuration: 600s}");
    jobs.await("done", "Completed/Completed");
    jobs.await("held", "Queued/Running");

    var times =
        Pattern.compile("\"(\\w+Time)\": \"(.*?)\"")
            .matcher(jobs.kubectl().get("get", "aj", "-o", "json"))
            .results()
            .toList();
    assertThat(times)
        .extracting(time -> time.group(1))
        .contains(
            "createdTime",
            "lastUpdatedTime",
            "completionTime",
            "nextTransitionTime",
            "startTime",
            "endTime",
            "lastTransitionTime");
    assertThat(times).allSatisfy(time -> assertThat(time.group(2)).matches(TIME));
  }

  @Flow
  void allShowsJobsAsWell(Jobs jobs) {
    jobs.apply("x", "{suspend: true}");

    assertThat(jobs.kubectl().get("get", "all", "-o", "name")).contains("asyncjob.asyncjob.dev/x");
  }

  @Flow
  void aJobThatNobodyHasSeenSaysSo(Jobs jobs) {
    jobs.apply("x", "{suspend: true}");
    jobs.await("x", "-/Pending");

    assertThat(jobs.versions("x").get(0).status())
        .extracting(AsyncJobStatus::observedGeneration)
        .isEqualTo(-1L);
  }
}
