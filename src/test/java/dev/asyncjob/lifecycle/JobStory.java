package dev.asyncjob.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.DurationText;
import dev.asyncjob.resource.Phase;
import dev.asyncjob.resource.PhaseName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One job, told in order: a user edits its spec, time passes, and an operator looks at it and does
 * all that is owed. Times are the distance from {@link #START}, such as {@code 20s}.
 */
final class JobStory {
  static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  static final String UID = "d349c562-53ea-41ef-a1b9-8f0d4be22e4f";

  /** What the operator gives to a job that names no durations. */
  static final Defaults DEFAULTS =
      new Defaults(Duration.ofSeconds(10), Duration.ofSeconds(20), Optional.empty());

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MORE_WRITES_THAN_ARE_EVER_OWED = 10;

  private final SpecBuilder spec = new SpecBuilder();
  private final List<AsyncJobStatus> writes = new ArrayList<>();
  private String uid = UID;
  private Defaults defaults = DEFAULTS;
  private long generation = 1;
  private @Nullable String specProblem;
  private AsyncJobStatus status = new AsyncJobStatus.Builder().observedGeneration(-1L).build();
  private Step lastStep = new Step.Rest();

  private JobStory() {}

  static JobStory aJob() {
    return new JobStory();
  }

  /** The moment that lies this far from the start; before it with a minus sign. */
  static Instant at(String offset) {
    return offset.startsWith("-")
        ? START.minus(DurationText.parse(offset.substring(1)))
        : START.plus(DurationText.parse(offset));
  }

  JobStory queued(String duration) {
    spec.queued(duration);
    return this;
  }

  JobStory inProgress(String duration) {
    spec.inProgress(duration);
    return this;
  }

  /** The spec as it is created. */
  JobStory with(Consumer<SpecBuilder> fields) {
    fields.accept(spec);
    return this;
  }

  JobStory uid(String value) {
    uid = value;
    return this;
  }

  /** From here on, another operator: its settings differ. */
  JobStory operatorDefaults(String queued, String inProgress) {
    defaults =
        new Defaults(
            DurationText.parse(queued), DurationText.parse(inProgress), defaults.timeToLive());
    return this;
  }

  JobStory operatorTimeToLive(String duration) {
    defaults =
        new Defaults(
            defaults.queuedDuration(),
            defaults.inProgressDuration(),
            Optional.of(DurationText.parse(duration)));
    return this;
  }

  JobStory edited(Consumer<SpecBuilder> edit) {
    edit.accept(spec);
    generation++;
    return this;
  }

  JobStory suspended() {
    return edited(spec -> spec.suspend(true));
  }

  JobStory resumed() {
    return edited(spec -> spec.suspend(false));
  }

  JobStory terminated(@Nullable String reason) {
    return edited(spec -> spec.terminated(reason));
  }

  JobStory restarted() {
    return edited(SpecBuilder::restarted);
  }

  JobStory becomesUnreadable(String problem) {
    specProblem = problem;
    generation++;
    return this;
  }

  /** The same spec, read by another program. */
  JobStory otherwiseUnreadable(String problem) {
    specProblem = problem;
    return this;
  }

  JobStory repaired() {
    specProblem = null;
    generation++;
    return this;
  }

  /** Something else than the operator wrote the status. */
  JobStory damaged(UnaryOperator<AsyncJobStatus.Builder> damage) {
    status = damage.apply(status.toBuilder()).build();
    return this;
  }

  /** The operator looks at the job and does all that is owed. */
  JobStory seenAt(String offset) {
    return seenAt(at(offset));
  }

  JobStory seenAt(Instant clock) {
    writes.clear();
    while (true) {
      lastStep = step(clock);
      if (!(lastStep instanceof Step.Write write)) {
        return this;
      }
      writes.add(write.status());
      assertThat(writes).hasSizeLessThan(MORE_WRITES_THAN_ARE_EVER_OWED);
      status = stored(write.status());
    }
  }

  /** The operator does the first thing that is owed, and dies. */
  JobStory seenForOneWriteAt(String offset) {
    var write = (Step.Write) step(at(offset));
    writes.clear();
    writes.add(write.status());
    status = stored(write.status());
    return this;
  }

  private Step step(Instant clock) {
    return new Lifecycle(defaults).next(job(), clock);
  }

  private Job job() {
    var read = specProblem == null ? spec : new SpecBuilder();
    return new Job(uid, generation, read.build(), Optional.ofNullable(specProblem), status);
  }

  /** A status as it comes back from the API server. */
  private static AsyncJobStatus stored(AsyncJobStatus written) {
    try {
      return MAPPER.readValue(MAPPER.writeValueAsString(written), AsyncJobStatus.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  AsyncJobStatus status() {
    return status;
  }

  long generation() {
    return generation;
  }

  /** What the operator wrote when it looked last. */
  List<AsyncJobStatus> writes() {
    return List.copyOf(writes);
  }

  State state() {
    return State.of(status);
  }

  /** The states that the operator wrote when it looked last. */
  List<State> states() {
    return writes.stream().map(State::of).toList();
  }

  /** What the operator found to do when there was nothing more to write. */
  Step lastStep() {
    return lastStep;
  }

  Phase phase(PhaseName name) {
    return requireNonNull(status.phases()).stream()
        .filter(phase -> phase.name() == name)
        .findFirst()
        .orElseThrow();
  }

  Condition condition(ConditionType type) {
    return status.condition(type).orElseThrow();
  }

  JobStory isIn(State expected) {
    assertThat(state()).isEqualTo(expected);
    return this;
  }

  JobStory isDueAt(String offset) {
    assertThat(status.nextTransitionTime()).isEqualTo(at(offset));
    assertThat(lastStep).isEqualTo(new Step.Wait(at(offset)));
    return this;
  }

  JobStory hasNoTimer() {
    assertThat(status.nextTransitionTime()).isNull();
    assertThat(lastStep).isEqualTo(new Step.Rest());
    return this;
  }

  JobStory ran(PhaseName name, String from, String to) {
    assertThat(phase(name).startTime()).as("start of %s", name).isEqualTo(at(from));
    assertThat(phase(name).endTime()).as("end of %s", name).isEqualTo(at(to));
    return this;
  }

  JobStory wrote(State... expected) {
    assertThat(states()).containsExactly(expected);
    return this;
  }
}
