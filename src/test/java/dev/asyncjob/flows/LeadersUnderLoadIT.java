package dev.asyncjob.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.cluster.ClusterExtension;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.TestNamespace;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A leader and a standby, while jobs come all the time and leaders end at any moment. */
@ExtendWith(ClusterExtension.class)
class LeadersUnderLoadIT {
  private static final int ENDS = 5;
  private static final int JOBS_EACH = 15;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> STATES =
      List.of("-/-", "Queued/Running", "InProgress/Running", "Completed/Completed");

  private final long seed = Long.getLong("failover.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<OperatorProcess> operators = new ArrayList<>();

  @Test
  void eachTransitionIsWrittenOnceAndNoneEarly(TestNamespace namespace) throws Exception {
    System.out.println("Leaders under load: run this again with -Dfailover.seed=" + seed);
    try (var jobs = Jobs.in(namespace)) {
      start(namespace);
      start(namespace);
      for (int end = 0; end < ENDS; end++) {
        operators.forEach(operator -> operator.awaitLog("ready after", LIMIT));
        var leader = awaitLeader();
        apply(jobs, end);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(3000)); // The moment is what is tried here.
        end(leader);
        start(namespace);
      }
      var names = IntStream.range(0, ENDS).boxed().flatMap(end -> names(end).stream()).toList();
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> names.stream().allMatch(name -> jobs.states(name).size() >= STATES.size()));

      assertThat(names)
          .allSatisfy(name -> assertThat(jobs.states(name)).containsExactlyElementsOf(STATES));
      System.out.printf(
          "Leaders under load: %d jobs, %d leaders ended, longest lateness %d ms%n",
          names.size(), ENDS, longestLateness(jobs, names).toMillis());
    } finally {
      operators.forEach(OperatorProcess::close);
    }
  }

  private void start(TestNamespace namespace) {
    operators.add(
        namespace.startOperator(
            Map.of(
                "ASYNCJOB_LEADER_ELECTION", "true", "ASYNCJOB_LEASE_NAMESPACE", namespace.name())));
  }

  private void end(OperatorProcess leader) {
    if (random.nextBoolean()) {
      leader.kill();
    } else {
      assertThat(leader.terminate(LIMIT)).isZero();
    }
    operators.remove(leader);
  }

  private OperatorProcess awaitLeader() {
    return Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> operators.stream().filter(this::leads).toList(), leading -> leading.size() == 1)
        .get(0);
  }

  private boolean leads(OperatorProcess operator) {
    var metrics = HttpRequest.newBuilder(operator.management().resolve("/metrics")).build();
    try {
      return http.send(metrics, BodyHandlers.ofString()).body().contains("asyncjob_leader 1.0");
    } catch (IOException e) {
      return false; // It has yet to start.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void apply(Jobs jobs, int end) {
    jobs.kubectl()
        .apply(
            names(end).stream()
                .map(
                    name ->
                        Jobs.manifest(
                            name,
                            "{queuedDuration: %dms, inProgressDuration: %dms}"
                                .formatted(random.nextInt(6000), random.nextInt(6000))))
                .collect(Collectors.joining("\n---\n")));
  }

  private static List<String> names(int end) {
    return IntStream.range(0, JOBS_EACH).mapToObj(i -> "x" + end + "-" + i).toList();
  }

  private static Duration longestLateness(Jobs jobs, List<String> names) {
    return names.stream()
        .map(jobs::versions)
        .flatMap(
            versions ->
                IntStream.range(2, versions.size())
                    .mapToObj(
                        i ->
                            Duration.between(
                                versions.get(i - 1).status().nextTransitionTime(),
                                versions.get(i).status().lastUpdatedTime())))
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
