package dev.asyncjob.benchmark.soak;

import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.OperatorProcess;
import dev.asyncjob.cluster.Project;
import dev.asyncjob.cluster.TestNamespace;
import dev.asyncjob.docs.Section;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code mvn -Pbenchmark -Dbenchmark=soak.Soak -Dsoak.hours=4} runs: jobs are created, run and
 * deleted by their time to live for hours, and nothing of the operator may grow meanwhile.
 */
public final class Soak {
  private static final Path FOLDER = Project.path("target/soak");
  private static final Path DOCS = Project.path("docs");
  private static final String REPORT = "soak.json";
  private static final String PICTURE = "soak.svg";
  private static final Duration PROGRESS = Duration.ofMinutes(1);
  private static final Duration CLEAN_UP_LIMIT = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String SECONDS_OF_A_PHASE = "4";

  private final SoakOptions options;
  private final Ledger ledger = new Ledger();
  private final List<Sample> samples = new ArrayList<>();

  private Soak(SoakOptions options) {
    this.options = options;
  }

  /**
   * Ends the JVM itself: Maven's, in which it runs, would otherwise wait for every thread. The exit
   * code is 1 if a figure is not flat, or a job was lost or left over.
   */
  public static void main(String[] arguments) throws Exception {
    var options = SoakOptions.read();
    Files.createDirectories(FOLDER);
    var report = new Soak(options).run();
    if (options.isForDocs()) {
      for (var file : List.of(REPORT, PICTURE)) {
        Files.copy(FOLDER.resolve(file), DOCS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      new Section(DOCS.resolve("reliability.md"), "soak").write(report.markdown());
    }
    System.out.println(report.markdown());
    report.problems().forEach(System.out::println);
    System.exit(report.problems().isEmpty() ? 0 : 1);
  }

  private SoakReport run() throws IOException, InterruptedException {
    try (var cluster = Cluster.start()) {
      var namespace = cluster.newNamespace("soak");
      try (var operator = start(cluster, namespace);
          var completions = Completions.of(namespace, ledger)) {
        operator.awaitReady();
        var sampler = new Sampler(operator, namespace, ledger);
        soak(namespace, operator, sampler);
        var remains = cleanedUp(sampler);
        var report = report(cluster, remains);
        report.write(FOLDER.resolve(REPORT));
        new Picture(samples).write(FOLDER.resolve(PICTURE));
        return report;
      }
    }
  }

  private OperatorProcess start(Cluster cluster, TestNamespace namespace) {
    return cluster.startOperator(
        Map.of(
            "JAVA_TOOL_OPTIONS", options.java(),
            "ASYNCJOB_HTTP_NAMESPACE", namespace.name(),
            "ASYNCJOB_TTL_SECONDS_AFTER_FINISHED", Integer.toString(options.timeToLive()),
            "ASYNC_JOB_QUEUED_DURATION_SEC", SECONDS_OF_A_PHASE,
            "ASYNC_JOB_INPROGRESS_DURATION_SEC", SECONDS_OF_A_PHASE));
  }

  private void soak(TestNamespace namespace, OperatorProcess operator, Sampler sampler)
      throws IOException, InterruptedException {
    var churn =
        new Churn(namespace, operator.http(), ledger, options.perSecond(), options.timeToLive());
    var begin = System.nanoTime();
    var told = 0L;
    churn.start();
    try (var file =
        new PrintWriter(FOLDER.resolve("samples.csv").toFile(), StandardCharsets.UTF_8)) {
      file.println(Sample.csvHeader());
      for (var due = options.interval();
          due.compareTo(options.time()) <= 0;
          due = due.plus(options.interval())) {
        Thread.sleep(Math.max(0, due.toMillis() - (System.nanoTime() - begin) / 1_000_000));
        var sample = sample(operator, sampler);
        if (sample.isPresent()) {
          samples.add(sample.get());
          file.println(sample.get().csv());
          file.flush();
          if (sample.get().seconds() >= told) {
            System.out.println(sample.get());
            told = sample.get().seconds() + PROGRESS.toSeconds();
          }
        }
      }
    }
    churn.stop();
  }

  /** Hours are not lost for one question that a busy machine does not answer in time. */
  private static Optional<Sample> sample(OperatorProcess operator, Sampler sampler)
      throws InterruptedException {
    if (!operator.isAlive()) {
      throw new IllegalStateException("the operator has ended; see " + operator.logFile());
    }
    try {
      return Optional.of(sampler.take());
    } catch (IOException | KubernetesClientException e) {
      System.out.println("no sample: " + e);
      return Optional.empty();
    }
  }

  /** Waits until nothing is left, but not for ever. */
  private Remains cleanedUp(Sampler sampler) throws IOException, InterruptedException {
    var end = System.nanoTime() + CLEAN_UP_LIMIT.toNanos();
    var remains = sampler.remains();
    while (!remains.isNothing() && System.nanoTime() < end) {
      Thread.sleep(PATIENCE.toMillis());
      remains = sampler.remains();
    }
    return remains;
  }

  private SoakReport report(Cluster cluster, Remains remains) {
    var trends = new EnumMap<Figure, Trend>(Figure.class);
    for (var figure : Figure.values()) {
      if (figure.margin().isPresent()) {
        trends.put(figure, Trend.of(samples.stream().map(figure::of).toList()));
      }
    }
    return new SoakReport(
        Instant.now(),
        options.hours(),
        options.perSecond(),
        ledger.created(),
        ledger.completed(),
        List.copyOf(ledger.open()),
        remains,
        ledger.refusals(),
        samples.get(samples.size() - 1).warnings(),
        trends,
        System.getProperty("java.version"),
        options.java(),
        cluster.client().getKubernetesVersion().getGitVersion(),
        Runtime.getRuntime().availableProcessors());
  }
}
