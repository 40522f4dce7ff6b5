package dev.asyncjob.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.asyncjob.history.Cause;
import dev.asyncjob.history.Change;
import dev.asyncjob.history.Decision;
import dev.asyncjob.history.StoredJob;
import dev.asyncjob.lifecycle.SpecBuilder;
import dev.asyncjob.resource.AsyncJobSpec;
import dev.asyncjob.resource.AsyncJobStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The part of the API server that jobs depend on: optimistic locking, generations, the status
 * subresource, and the admission rules that tie a spec to what it was. Empty answers are refusals.
 */
final class ApiServer {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final AsyncJobStatus DEFAULT_STATUS =
      new AsyncJobStatus.Builder().observedGeneration(-1L).build();

  private final Map<String, StoredJob> jobs = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final Supplier<Instant> time;
  private final Consumer<Change> watch;
  private long resourceVersion;
  private long uids;

  ApiServer(Supplier<Instant> time, Consumer<Change> watch) {
    this.time = time;
    this.watch = watch;
  }

  List<StoredJob> list() {
    return List.copyOf(jobs.values());
  }

  /** All that has happened, in order. */
  List<Change> changes() {
    return changes;
  }

  Optional<StoredJob> get(String name) {
    return Optional.ofNullable(jobs.get(name));
  }

  Optional<StoredJob> create(String user, String name, AsyncJobSpec spec) {
    if (jobs.containsKey(name)) {
      return Optional.empty();
    }
    var uid = new UUID(0x4000L | ++uids << 32, 0x8000_0000_0000_0000L).toString();
    return stored(new Cause.User(user), new StoredJob(name, uid, 0, 1, spec, true, DEFAULT_STATUS));
  }

  Optional<StoredJob> edit(String user, String name, Consumer<SpecBuilder> edit) {
    var before = jobs.get(name);
    if (before == null || !before.isReadable()) {
      return Optional.empty();
    }
    var builder = new SpecBuilder(before.spec());
    edit.accept(builder);
    var spec = builder.build();
    return isAllowed(before, spec) ? changed(user, before, spec, true) : Optional.empty();
  }

  /** The spec as another definition of the resource may have let it in; and its repair. */
  Optional<StoredJob> makeReadable(String user, String name, boolean isReadable) {
    var before = jobs.get(name);
    return before == null ? Optional.empty() : changed(user, before, before.spec(), isReadable);
  }

  Optional<StoredJob> writeStatus(String operator, Decision decision, AsyncJobStatus status) {
    var before = locked(decision.on());
    return before.flatMap(
        job -> {
          var read = throughJson(status);
          return read.equals(job.status())
              ? before
              : stored(
                  new Cause.Operator(operator, decision),
                  new StoredJob(
                      job.name(),
                      job.uid(),
                      0,
                      job.generation(),
                      job.spec(),
                      job.isReadable(),
                      read));
        });
  }

  void delete(String operator, Decision decision) {
    locked(decision.on()).ifPresent(job -> deleted(new Cause.Operator(operator, decision), job));
  }

  void delete(String user, String name) {
    get(name).ifPresent(job -> deleted(new Cause.User(user), job));
  }

  /** The stored job, if it is still the very version that the caller knows. */
  private Optional<StoredJob> locked(StoredJob known) {
    return get(known.name())
        .filter(job -> job.uid().equals(known.uid()))
        .filter(job -> job.resourceVersion() == known.resourceVersion());
  }

  private Optional<StoredJob> changed(
      String user, StoredJob before, AsyncJobSpec spec, boolean isReadable) {
    if (before.spec().equals(spec) && before.isReadable() == isReadable) {
      return Optional.of(before);
    }
    return stored(
        new Cause.User(user),
        new StoredJob(
            before.name(),
            before.uid(),
            0,
            before.generation() + 1,
            spec,
            isReadable,
            before.status()));
  }

  private Optional<StoredJob> stored(Cause cause, StoredJob job) {
    var version =
        new StoredJob(
            job.name(),
            job.uid(),
            ++resourceVersion,
            job.generation(),
            job.spec(),
            job.isReadable(),
            job.status());
    var before = jobs.put(job.name(), version);
    publish(new Change(time.get(), cause, before, version));
    return Optional.of(version);
  }

  private void deleted(Cause cause, StoredJob job) {
    jobs.remove(job.name());
    publish(new Change(time.get(), cause, job, null));
  }

  private void publish(Change change) {
    changes.add(change);
    watch.accept(change);
  }

  private static boolean isAllowed(StoredJob before, AsyncJobSpec spec) {
    var old = before.spec();
    var oldNonce = Objects.requireNonNullElse(old.restartNonce(), 0L);
    var nonce = Objects.requireNonNullElse(spec.restartNonce(), 0L);
    if (nonce > oldNonce) {
      return before.status().isFinished()
          && (old.termination() == null || spec.termination() == null);
    }
    var idIsKept =
        old.thirdPartyJobId() == null || old.thirdPartyJobId().equals(spec.thirdPartyJobId());
    var terminationIsKept = old.termination() == null || spec.termination() != null;
    var mayChange =
        !before.status().isFinished() || withoutFreeFields(old).equals(withoutFreeFields(spec));
    return nonce >= oldNonce && idIsKept && terminationIsKept && mayChange;
  }

  /** A spec without the fields that may change on a finished job. */
  private static AsyncJobSpec withoutFreeFields(AsyncJobSpec spec) {
    return new SpecBuilder(spec).timeToLive(null).suspend(null).build();
  }

  private static AsyncJobStatus throughJson(AsyncJobStatus status) {
    try {
      return MAPPER.readValue(MAPPER.writeValueAsString(status), AsyncJobStatus.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
