package dev.asyncjob.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.asyncjob.history.FaultReport;
import dev.asyncjob.history.History.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What is told of a run: its faults by kind. */
final class Summary {
  private final Stage stage;
  private final List<Violation> violations;

  private Summary(Stage stage, List<Violation> violations) {
    this.stage = stage;
    this.violations = violations;
  }

  static FaultReport of(
      Stage stage, Options options, List<Occurrence> occurrences, List<Violation> violations) {
    var summary = new Summary(stage, violations);
    var history = stage.history();
    return new FaultReport(
        Instant.now(),
        options.seed(),
        options.time().toSeconds(),
        history.jobs(),
        history.transitions(),
        violations.size(),
        System.getProperty("java.version"),
        stage.client().getKubernetesVersion().getGitVersion(),
        Runtime.getRuntime().availableProcessors(),
        occurrences.stream()
            .collect(groupingBy(occurrence -> occurrence.fault().kind(), TreeMap::new, toList()))
            .entrySet()
            .stream()
            .map(entry -> summary.of(entry.getKey(), entry.getValue()))
            .toList());
  }

  private FaultReport.Fault of(String kind, List<Occurrence> occurrences) {
    return new FaultReport.Fault(
        kind,
        occurrences.size(),
        occurrences.stream()
            .mapToLong(one -> stage.history().jobsAlive(one.broken(), one.live()))
            .sum(),
        (int)
            violations.stream()
                .filter(violation -> occurrences.stream().anyMatch(one -> isIn(violation, one)))
                .count(),
        longest(
            occurrences.stream()
                .map(one -> stage.history().longestLateness(one.broken(), one.live()))
                .flatMap(Optional::stream)
                .toList()),
        longest(
            occurrences.stream()
                .filter(Occurrence::alone)
                .map(Occurrence::timeToLiveAgain)
                .toList()));
  }

  private static boolean isIn(Violation violation, Occurrence occurrence) {
    return !violation.at().isBefore(occurrence.broken())
        && !violation.at().isAfter(occurrence.live());
  }

  private static Duration longest(List<Duration> durations) {
    return durations.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
