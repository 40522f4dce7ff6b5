package dev.asyncjob.benchmark.soak;

import dev.asyncjob.cluster.OperatorProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Samples at equal intervals from now on: each in a file, and one a minute on the console. */
final class Recording {
  private static final Duration PROGRESS = Duration.ofMinutes(1);

  private final OperatorProcess operator;
  private final Sampler sampler;
  private final SoakOptions options;
  private final PrintWriter csv;
  private final long begin = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();
  private Duration told = PROGRESS.negated();

  private interface Look {
    Map<Figure, Double> values() throws IOException, InterruptedException;
  }

  Recording(OperatorProcess operator, Sampler sampler, SoakOptions options, PrintWriter csv) {
    this.operator = operator;
    this.sampler = sampler;
    this.options = options;
    this.csv = csv;
  }

  /** Returns when the time is over. */
  List<Sample> run() throws InterruptedException {
    csv.println(Sample.csvHeader());
    for (var number = 1; number <= options.samples(); number++) {
      sleepUntil(options.interval().multipliedBy(number));
      add(sampler::fromOutside);
      if (HeapSchedule.isDueAfter(number, options.samples())) {
        add(sampler::heap);
      }
    }
    sleepUntil(options.time());
    return List.copyOf(samples);
  }

  private void sleepUntil(Duration due) throws InterruptedException {
    Thread.sleep(Math.max(0, due.minus(sinceBegin()).toMillis()));
  }

  private Duration sinceBegin() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Hours are not lost for one question that a busy machine does not answer in time. */
  private void add(Look look) throws InterruptedException {
    if (!operator.isAlive()) {
      throw new IllegalStateException("the operator has ended; see " + operator.logFile());
    }
    var at = sinceBegin();
    try {
      keep(new Sample(at, look.values()));
    } catch (IOException | RuntimeException e) {
      System.out.println("no sample: " + e);
    }
  }

  private void keep(Sample sample) {
    samples.add(sample);
    csv.println(sample.csv());
    csv.flush();
    if (sample.at().minus(told).compareTo(PROGRESS) >= 0) {
      System.out.println(sample);
      told = sample.at();
    }
  }
}
