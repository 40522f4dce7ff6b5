package dev.asyncjob.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.asyncjob.resource.AsyncJob;
import dev.asyncjob.resource.RuntimeStatus;
import dev.asyncjob.store.Awaited;
import dev.asyncjob.store.Decision;
import dev.asyncjob.store.InstanceId;
import dev.asyncjob.store.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** Reads and deletes instances. */
final class Instances {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final String TOKEN = "x-ms-continuation-token";
  private static final int DEFAULT_PAGE_SIZE = 100;

  /** A page may be smaller than asked for; larger ones would be slow and hold much memory. */
  private static final int MAX_PAGE_SIZE = 1000;

  private final Jobs jobs;
  private final Executor deletions;
  private final Clock clock;

  /** Of many instances, some are deleted at a time: as many as there are threads. */
  Instances(Jobs jobs, Executor deletions, Clock clock) {
    this.jobs = jobs;
    this.deletions = deletions;
    this.clock = clock;
  }

  Reply get(Call call) {
    var query = call.query();
    var instance =
        jobs.find(
                call.namespaceFor(Verb.get),
                call.instanceId(),
                job -> !new Instance(job).isFinished())
            .map(Instance::new)
            .orElseThrow(Problem::notFound);
    var showInput = query.flag("showInput", true);
    var document = InstanceStatus.of(instance, showInput);
    if (query.flag("showHistory", false)) {
      var history = History.of(instance, showInput, query.flag("showHistoryOutput", false));
      document = history.map(document::with).orElse(document);
    }
    return switch (instance.runtimeStatus()) {
      case Pending, Running, Suspended ->
          Reply.json(Reply.ACCEPTED, document).with("Location", call.url()).retryAfter(RETRY_AFTER);
      case Completed, Terminated -> Reply.json(Reply.OK, document);
      case Failed ->
          Reply.json(
              query.flag("returnInternalServerErrorOnFailure", false) ? 500 : Reply.OK, document);
    };
  }

  Reply list(Call call) {
    var query = call.query();
    var statuses = StatusFilter.lenient(query.items("runtimeStatus")).statuses();
    var prefix = query.text("instanceIdPrefix").orElse("");
    var isCreated = created(query.date("createdTimeFrom"), query.date("createdTimeTo"));
    var size = query.integer("top").filter(top -> top > 0).orElse(DEFAULT_PAGE_SIZE);
    Predicate<AsyncJob> isMeant =
        job ->
            InstanceId.of(job).text().startsWith(prefix)
                && statuses.contains(new Instance(job).runtimeStatus())
                && isCreated.test(job);
    var namespace = call.namespaceFor(Verb.list);
    var page =
        jobs.page(
            namespace,
            isMeant,
            call.header(TOKEN).filter(token -> !token.isBlank()).map(ContinuationToken::read),
            Math.min(size, MAX_PAGE_SIZE));
    var showInput = query.flag("showInput", true);
    var documents =
        page.ids().stream()
            .flatMap(id -> jobs.cached(namespace, id).stream())
            .filter(isMeant) // Some may have gone on, or away, since the page was made up.
            .map(job -> InstanceStatus.of(new Instance(job), showInput));
    return Reply.list(documents.iterator())
        .with(
            TOKEN,
            page.isLast() ? "" : ContinuationToken.after(page.ids().get(page.ids().size() - 1)));
  }

  Reply purge(Call call) {
    return jobs.decide(
        call.namespaceFor(Verb.delete),
        call.instanceId(),
        job ->
            job.map(Instance::new)
                .map(
                    instance ->
                        instance.isFinished()
                            ? Decision.delete(instance.job(), Reply.json(Reply.OK, new Deleted(1)))
                            : Decision.answer(notFinished(instance)))
                .orElseGet(() -> Decision.answer(Reply.empty(404))));
  }

  private static Reply notFinished(Instance instance) {
    return Reply.json(
        412,
        ("Only orchestrations in a terminal state can be purged, but the orchestration with"
                + " instance ID %s has status %s")
            .formatted(instance.id(), instance.runtimeStatus()));
  }

  /**
   * Deletes all finished instances that the query matches; never others, whatever it says. An
   * unknown status is refused here, lest a typing error delete more than was meant.
   */
  Reply purgeMany(Call call) {
    var query = call.query();
    var from = query.date("createdTimeFrom");
    if (from.isEmpty()) {
      throw new Problem(Reply.json(400, "Please provide value for 'createdTimeFrom' parameter."));
    }
    var statuses = StatusFilter.strict(query.items("runtimeStatus")).statuses();
    var isCreated =
        created(from, query.date("createdTimeTo").or(() -> Optional.of(clock.instant())));
    var namespace = call.namespaceFor(Verb.list, Verb.delete);
    Predicate<AsyncJob> isMeant = job -> isFinished(job, statuses) && isCreated.test(job);
    var deleted =
        jobs.freshChunks(namespace)
            .mapToInt(
                chunk ->
                    chunk.stream()
                        .filter(isMeant)
                        .map(
                            job ->
                                CompletableFuture.supplyAsync(
                                    () -> delete(namespace, InstanceId.of(job), isMeant),
                                    deletions))
                        .toList()
                        .stream()
                        .mapToInt(Awaited::of)
                        .sum())
            .sum();
    return deleted == 0 ? Reply.empty(404) : Reply.json(Reply.OK, new Deleted(deleted));
  }

  private int delete(String namespace, InstanceId id, Predicate<AsyncJob> isMeant) {
    return jobs.decide(
        namespace,
        id,
        job ->
            job.filter(isMeant)
                .map(found -> Decision.delete(found, 1))
                .orElseGet(() -> Decision.answer(0)));
  }

  private static boolean isFinished(AsyncJob job, Set<RuntimeStatus> statuses) {
    var status = new Instance(job).runtimeStatus();
    return status.isFinished() && statuses.contains(status);
  }

  private static Predicate<AsyncJob> created(Optional<Instant> from, Optional<Instant> to) {
    if (from.isEmpty() && to.isEmpty()) {
      return job -> true;
    }
    return job -> {
      var created = new Instance(job).createdTime();
      return from.filter(created::isBefore).isEmpty() && to.filter(created::isAfter).isEmpty();
    };
  }

  private record Deleted(@JsonProperty("instancesDeleted") int count) {}
}
