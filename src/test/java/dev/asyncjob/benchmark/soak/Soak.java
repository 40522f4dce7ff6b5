package dev.asyncjob.benchmark.soak;

import dev.asyncjob.benchmark.OperatorUnderTest;
import dev.asyncjob.cluster.Cluster;
import dev.asyncjob.cluster.Project;
import dev.asyncjob.cluster.TestNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mvn -Pbenchmark -Dbenchmark=soak.Soak -Dsoak.hours=4} runs: jobs are created, run and
 * deleted by their time to live for hours, and nothing of the operator may grow meanwhile.
 */
public final class Soak {
  private static final Path FOLDER = Project.path("target/soak");
  private static final Path DOCS = Project.path("docs");
  private static final String REPORT = "soak.json";
  private static final String PICTURE = "soak.svg";
  private static final Duration CLEAN_UP_LIMIT = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String SECONDS_OF_A_PHASE = "4";

  private final SoakOptions options;
  private final Ledger ledger = new Ledger();

  private Soak(SoakOptions options) {
    this.options = options;
  }

  /**
   * Ends the JVM itself: Maven's, in which it runs, would otherwise wait for every thread. The exit
   * code is 1 if there is a problem.
   */
  public static void main(String[] arguments) throws Exception {
    var options = SoakOptions.read();
    Files.createDirectories(FOLDER);
    var report = new Soak(options).run();
    if (options.isForDocs()) {
      for (var file : List.of(REPORT, PICTURE)) {
        Files.copy(FOLDER.resolve(file), DOCS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    System.out.println(report.markdown());
    report.problems().forEach(System.out::println);
    System.exit(report.problems().isEmpty() ? 0 : 1);
  }

  private SoakReport run() throws IOException, InterruptedException {
    try (var cluster = Cluster.start()) {
      var environment = environment(cluster);
      var namespace = cluster.newNamespace("soak");
      try (var operator = start(cluster, namespace);
          var completions = Completions.of(namespace, ledger)) {
        operator.awaitReady();
        var sampler = new Sampler(operator, namespace, ledger);
        var samples = underLoad(namespace, operator, sampler);
        var remains = cleanedUp(operator, sampler);
        var report =
            new SoakReport(
                Instant.now(),
                options.hours(),
                load(),
                remains,
                sampler.warnings(),
                Measurements.of(samples, options.samples(), options.time()),
                environment);
        report.write(FOLDER.resolve(REPORT));
        new Picture(samples, options.time()).write(FOLDER.resolve(PICTURE));
        return report;
      }
    }
  }

  private Environment environment(Cluster cluster) {
    return new Environment(
        System.getProperty("java.version"),
        options.java(),
        cluster.client().getKubernetesVersion().getGitVersion(),
        Runtime.getRuntime().availableProcessors());
  }

  private OperatorUnderTest start(Cluster cluster, TestNamespace namespace) {
    return OperatorUnderTest.start(
        cluster,
        options.java(),
        Map.of(
            "ASYNCJOB_HTTP_NAMESPACE",
            namespace.name(),
            "ASYNCJOB_TTL_SECONDS_AFTER_FINISHED",
            Integer.toString(options.timeToLive()),
            "ASYNC_JOB_QUEUED_DURATION_SEC",
            SECONDS_OF_A_PHASE,
            "ASYNC_JOB_INPROGRESS_DURATION_SEC",
            SECONDS_OF_A_PHASE));
  }

  private List<Sample> underLoad(
      TestNamespace namespace, OperatorUnderTest operator, Sampler sampler)
      throws IOException, InterruptedException {
    try (var churn =
            new Churn(
                namespace,
                operator.process().http(),
                ledger,
                options.perSecond(),
                options.timeToLive());
        var csv = new PrintWriter(FOLDER.resolve("samples.csv").toFile(), StandardCharsets.UTF_8)) {
      churn.start();
      return new Recording(operator.process(), sampler, options, csv).run();
    }
  }

  /** Waits until nothing is left, but not for ever; null if nobody says what there is. */
  private static @Nullable Remains cleanedUp(OperatorUnderTest operator, Sampler sampler) {
    var last = new AtomicReference<@Nullable Remains>();
    try {
      Awaitility.await("nothing is left")
          .atMost(CLEAN_UP_LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                if (!operator.process().isAlive()) {
                  return true;
                }
                var remains = sampler.remains();
                last.set(remains);
                return remains.none();
              });
    } catch (ConditionTimeoutException e) {
      System.out.println(e.getMessage());
    }
    return last.get();
  }

  private Load load() {
    return new Load(
        options.perSecond(),
        options.jobs(),
        ledger.created(),
        ledger.completed(),
        ledger.lost(),
        ledger.refusals());
  }
}
