package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.history.History.Ending;
import dev.asyncjob.history.History.LyingClock;
import dev.asyncjob.history.History.Violation;
import dev.asyncjob.lifecycle.Defaults;
import dev.asyncjob.lifecycle.Job;
import dev.asyncjob.lifecycle.Lifecycle;
import dev.asyncjob.lifecycle.SpecBuilder;
import dev.asyncjob.lifecycle.Step;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.DurationText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The history of one job after the other, told in order: what users and a good operator do, and
 * what no good operator would. Times are the distance from {@link #START}, such as {@code 20s}.
 */
final class HandMadeHistory {
  static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  private static final Lifecycle LIFECYCLE =
      new Lifecycle(new Defaults(Duration.ofSeconds(10), Duration.ofSeconds(20), Optional.empty()));
  private static final String NAMESPACE = "default";

  private final History history = new History(Clock.fixed(START, ZoneOffset.UTC));
  private final List<LyingClock> lies = new ArrayList<>();
  private Instant now = START;
  private long resourceVersion;
  private long uids;
  private Set<String> managers = Set.of();
  private @Nullable StoredJob job;

  static Instant at(String offset) {
    return START.plus(DurationText.parse(offset));
  }

  HandMadeHistory created(Consumer<SpecBuilder> spec) {
    var builder = new SpecBuilder();
    spec.accept(builder);
    managers = Set.of();
    store(
        new StoredJob(
            NAMESPACE + "/job-" + ++uids,
            "00000000-0000-4000-8000-%012d".formatted(uids),
            0,
            1,
            builder.build(),
            true,
            new AsyncJobStatus.Builder().observedGeneration(-1L).build()));
    return this;
  }

  /** A job that takes 10 s and 20 s. */
  HandMadeHistory created() {
    return created(spec -> {});
  }

  HandMadeHistory passesTo(String offset) {
    now = at(offset);
    return this;
  }

  HandMadeHistory edited(Consumer<SpecBuilder> edit) {
    var builder = new SpecBuilder(job().spec());
    edit.accept(builder);
    store(with(job(), job().generation() + 1, builder, true, job().status()));
    return this;
  }

  HandMadeHistory madeReadable(boolean isReadable) {
    var spec = new SpecBuilder(job().spec());
    store(with(job(), job().generation() + 1, spec, isReadable, job().status()));
    return this;
  }

  /** A good operator does all that is owed. */
  HandMadeHistory operated() {
    for (var step = step(job(), now); !(step instanceof Step.Wait || step instanceof Step.Rest); ) {
      if (step instanceof Step.Write write) {
        status(write.status());
        step = step(job(), now);
      } else {
        return deleted();
      }
    }
    return this;
  }

  /** The operator's next write, but for something in it. */
  HandMadeHistory operatedBut(UnaryOperator<AsyncJobStatus.Builder> difference) {
    return operatedAsAt(now, difference);
  }

  /** What would be the operator's next write at another time, but for something in it. */
  HandMadeHistory operatedAsAt(Instant clock, UnaryOperator<AsyncJobStatus.Builder> difference) {
    var write = (Step.Write) step(job(), clock);
    return status(difference.apply(write.status().toBuilder()).build());
  }

  /** What would be the operator's next write if the job were another one. */
  HandMadeHistory operatedAsIf(
      Consumer<SpecBuilder> edit, UnaryOperator<AsyncJobStatus.Builder> status) {
    var builder = new SpecBuilder(job().spec());
    edit.accept(builder);
    var other =
        with(
            job(),
            job().generation(),
            builder,
            true,
            status.apply(job().status().toBuilder()).build());
    return status(((Step.Write) step(other, now)).status());
  }

  /** The operator writes once more what is there, but for something in it. */
  HandMadeHistory wrote(UnaryOperator<AsyncJobStatus.Builder> difference) {
    return status(difference.apply(job().status().toBuilder()).build());
  }

  HandMadeHistory foreignerWrote(String manager, UnaryOperator<AsyncJobStatus.Builder> difference) {
    managers = Set.of("operator", manager);
    return wrote(difference);
  }

  HandMadeHistory deleted() {
    history.deleted(now, job().name());
    return this;
  }

  HandMadeHistory userDeleted() {
    history.deleting(job().uid());
    return deleted();
  }

  HandMadeHistory acknowledged(String uid) {
    history.acknowledged(uid);
    return this;
  }

  /** An operator's clock is ahead for the whole time. */
  HandMadeHistory clockLies(String ahead) {
    lies.add(new LyingClock(START, at("1h"), DurationText.parse(ahead)));
    return this;
  }

  /** The versions up to this one were not seen. */
  HandMadeHistory missed(UnaryOperator<AsyncJobStatus.Builder> difference) {
    var status = difference.apply(job().status().toBuilder()).build();
    job = with(job(), job().generation(), new SpecBuilder(job().spec()), true, status);
    history.found(now, List.of(new Version(job, true, managers)));
    return this;
  }

  StoredJob job() {
    return requireNonNull(job);
  }

  History history() {
    return history;
  }

  /** What was due or asked for by now is to be done. */
  List<Violation> violationsInTheEnd() {
    return violations(now);
  }

  /** Without a word on whether jobs get on. */
  List<Violation> violations() {
    return violations(Instant.EPOCH);
  }

  private List<Violation> violations(Instant settled) {
    return history.violations(new Ending(lies, settled, Optional.empty()));
  }

  private HandMadeHistory status(AsyncJobStatus status) {
    var spec = new SpecBuilder(job().spec());
    store(with(job(), job().generation(), spec, job().isReadable(), status));
    return this;
  }

  private void store(StoredJob version) {
    job =
        with(
            version,
            version.generation(),
            new SpecBuilder(version.spec()),
            version.isReadable(),
            version.status());
    history.stored(now, new Version(job, true, managers));
  }

  private StoredJob with(
      StoredJob from,
      long generation,
      SpecBuilder spec,
      boolean isReadable,
      AsyncJobStatus status) {
    return new StoredJob(
        from.name(), from.uid(), ++resourceVersion, generation, spec.build(), isReadable, status);
  }

  private static Step step(StoredJob job, Instant clock) {
    return LIFECYCLE.next(
        new Job(
            job.uid(),
            job.generation(),
            job.spec(),
            job.isReadable() ? Optional.empty() : Optional.of("spec: must be readable"),
            job.status()),
        clock);
  }
}
