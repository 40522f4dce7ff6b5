package dev.asyncjob.controller;

import dev.asyncjob.resource.WaitingJob;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One job more beside 100,000 that wait: one that is due, or one that waits among them. */
public class AgendaBenchmark {
  private static final int JOBS = 100_000;
  private static final Comparator<Entry> SOONEST =
      Comparator.comparingLong(Entry::when).thenComparing(Entry::job);

  private record Entry(long when, String job) {}

  private static <C extends Collection<Entry>> C filled(C entries) {
    WaitingJob.many(JOBS)
        .forEach(job -> entries.add(new Entry(job.due().toEpochMilli(), job.key())));
    return entries;
  }

  /** The jobs that come and go, by turns; before all that wait, or among them. */
  @State(Scope.Benchmark)
  public static class Comers {
    private static final int COMERS = 256;

    private final Instant now = WaitingJob.FIRST_BEGIN;
    private final List<WaitingJob> jobs =
        IntStream.range(0, COMERS)
            .mapToObj(i -> new WaitingJob(JOBS + i, WaitingJob.of(i * (JOBS / COMERS)).begin()))
            .toList();
    private final List<String> keys = jobs.stream().map(WaitingJob::key).toList();
    private final List<Instant> dueTimes = jobs.stream().map(WaitingJob::due).toList();
    private int next;

    int next() {
      next = (next + 1) % COMERS;
      return next;
    }
  }

  @State(Scope.Benchmark)
  public static class Operator {
    private final Agenda agenda = new Agenda();
    private final Clock clock = Clock.fixed(WaitingJob.FIRST_BEGIN, ZoneOffset.UTC);

    public Operator() {
      WaitingJob.many(JOBS).forEach(job -> agenda.put(job.key(), job.due()));
    }
  }

  @State(Scope.Benchmark)
  public static class Queue {
    private final PriorityQueue<Entry> entries = filled(new PriorityQueue<>(SOONEST));
  }

  @State(Scope.Benchmark)
  public static class Tree {
    private final TreeSet<Entry> entries = filled(new TreeSet<>(SOONEST));
  }

  @Benchmark
  public String take(Operator operator, Comers comers) throws InterruptedException {
    operator.agenda.put(comers.keys.get(comers.next()), comers.now);
    var taken = operator.agenda.take(operator.clock);
    operator.agenda.done(taken, Optional.empty());
    return taken;
  }

  @Benchmark
  public @Nullable Object poll(Queue queue, Comers comers) {
    queue.entries.add(new Entry(comers.now.toEpochMilli(), comers.keys.get(comers.next())));
    return queue.entries.poll();
  }

  @Benchmark
  public void remove(Operator operator, Comers comers) {
    var comer = comers.next();
    operator.agenda.put(comers.keys.get(comer), comers.dueTimes.get(comer));
    operator.agenda.remove(comers.keys.get(comer));
  }

  @Benchmark
  public boolean removeFromTree(Tree tree, Comers comers) {
    var comer = comers.next();
    var entry = new Entry(comers.dueTimes.get(comer).toEpochMilli(), comers.keys.get(comer));
    tree.entries.add(entry);
    return tree.entries.remove(entry);
  }
}
