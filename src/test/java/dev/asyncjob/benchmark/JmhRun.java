package dev.asyncjob.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.cluster.Command;
import dev.asyncjob.cluster.Jdk;
import dev.asyncjob.cluster.Project;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The benchmarks of one class, measured by JMH: each in a JVM of its own, with the options of the
 * operator. What JMH has to say goes to files.
 */
final class JmhRun {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> AVERAGE_TIME =
      List.of("-bm", "avgt", "-tu", "ns", "-prof", "gc", "-foe", "true");
  private static final List<String> AMOUNT =
      List.of("-f", "1", "-wi", "2", "-w", "500ms", "-i", "5", "-r", "500ms");

  private final Map<String, Cost> costs = new HashMap<>();

  /** Of one operation: the median of the iterations. */
  record Cost(double nanos, double bytes) {}

  private JmhRun() {}

  static JmhRun of(Class<?> type, Options options) throws IOException {
    var folder = Files.createDirectories(Project.path("target/benchmark/parts"));
    var figures = folder.resolve(type.getSimpleName() + ".json");
    var log = folder.resolve(type.getSimpleName() + ".log");
    var command = new ArrayList<String>();
    command.add(Jdk.program("java"));
    command.addAll(List.of("-cp", classPath(), "org.openjdk.jmh.Main"));
    command.addAll(AVERAGE_TIME);
    command.addAll(AMOUNT);
    command.addAll(List.of("-jvmArgs", "-XX:Flags=src/image/flags " + options.javaOptions()));
    command.addAll(List.of("-rf", "json", "-rff", figures.toString(), "-o", log.toString()));
    command.add(Pattern.quote(type.getName() + "."));
    var ended =
        Command.run(command, "", LIMIT, builder -> builder.directory(Project.path("").toFile()));
    if (ended.exitCode() != 0) {
      throw new IllegalStateException(
          "JMH has failed, and says in %s why; %s".formatted(log, ended.stderr()));
    }
    return read(figures);
  }

  private static JmhRun read(Path figures) throws IOException {
    var run = new JmhRun();
    for (var benchmark : new ObjectMapper().readTree(figures.toFile())) {
      var name = benchmark.get("benchmark").asText();
      run.costs.put(
          name.substring(name.lastIndexOf('.') + 1),
          new Cost(
              benchmark.requiredAt("/primaryMetric/scorePercentiles/50.0").asDouble(),
              Math.rint(
                  benchmark
                      .requiredAt("/secondaryMetrics/gc.alloc.rate.norm/scorePercentiles/50.0")
                      .asDouble())));
    }
    return run;
  }

  /** What one benchmark of the class costs. */
  Cost cost(String benchmark) {
    var cost = costs.get(benchmark);
    if (cost == null) {
      throw new IllegalArgumentException("no " + benchmark + " among " + costs.keySet());
    }
    return cost;
  }

  /** Maven has it in a class loader, an IDE in a property. */
  private static String classPath() {
    return JmhRun.class.getClassLoader() instanceof URLClassLoader loader
        ? Arrays.stream(loader.getURLs())
            .map(URL::toString)
            .map(url -> Path.of(URI.create(url)).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }
}
