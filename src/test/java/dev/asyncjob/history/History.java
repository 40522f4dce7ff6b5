package dev.asyncjob.history;

import static java.util.Objects.requireNonNull;

import dev.asyncjob.lifecycle.Transition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every version that was seen of every job, what users said of their requests, and what follows
 * from it. Grows while an observer runs.
 */
public final class History {
  private final Clock clock;
  private final List<Event> events = new ArrayList<>();

  /** By namespace and name. */
  private final Map<String, Event> newest = new HashMap<>();

  private final Set<String> uids = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Deletions deletions = new Deletions();
  private final Punctuality punctuality = new Punctuality();
  private final Lives lives = new Lives();
  private long transitions;

  History(Clock clock) {
    this.clock = clock;
  }

  /**
   * When an operator's clock was ahead.
   *
   * @param to when the last process with that clock was gone
   * @param ahead the most that it was ahead of the true time; zero when it was behind or slow
   */
  public record LyingClock(Instant from, Instant to, Duration ahead) {}

  /**
   * How a run ended.
   *
   * @param settled whatever was due before, or asked for before, had the time to be done
   * @param timeToLive the operator's default
   */
  public record Ending(List<LyingClock> lies, Instant settled, Optional<Duration> timeToLive) {
    public Ending {
      lies = List.copyOf(lies);
    }
  }

  /**
   * Something that must not be.
   *
   * @param job its namespace and name
   * @param text the versions, and what is wrong with them, in a line
   */
  public record Violation(Instant at, String job, String uid, String text) {
    @Override
    public String toString() {
      return "%s %s/%s %s".formatted(at, job, uid, text);
    }
  }

  /** The creation of a job was answered. */
  public synchronized void acknowledged(String uid) {
    acknowledged.add(uid);
  }

  /** To be told before the deletion of a job is asked for: whether it is answered or not. */
  public void deleting(String uid) {
    deletions.announce(uid);
  }

  /** To be told before the deletion of all jobs of a namespace is asked for. */
  public void deletingAll(String namespace) {
    deletions.announceAll(namespace, clock.instant());
  }

  synchronized void stored(Instant seen, Version version) {
    var before = newest.get(version.job().name());
    var after = before == null ? null : before.after();
    add(new Event(seen, true, after, after == null ? version : version.sharing(after)));
  }

  synchronized void deleted(Instant seen, String name) {
    Optional.ofNullable(newest.get(name))
        .ifPresent(event -> add(new Event(seen, true, event.after(), null)));
  }

  /** These are all jobs that there are; what became of the others, and when, was not seen. */
  synchronized void found(Instant seen, List<Version> versions) {
    var byUid =
        versions.stream().collect(Collectors.toMap(v -> v.job().uid(), Function.identity()));
    for (var known : List.copyOf(newest.values())) {
      if (!byUid.containsKey(known.job().uid())) {
        add(new Event(seen, false, known.after(), null));
      }
    }
    for (var version : versions) {
      var known = newest.get(version.job().name());
      var before = known == null ? null : known.after();
      if (before == null || before.job().resourceVersion() != version.job().resourceVersion()) {
        add(new Event(seen, false, before, version));
      }
    }
  }

  /** What was answered before need not be known any more: the store is an older one. */
  synchronized void beginsAnew() {
    acknowledged.clear();
  }

  private void add(Event event) {
    events.add(event);
    var job = event.job();
    uids.add(job.uid());
    if (event.after() == null) {
      newest.remove(job.name());
      lives.end(job.uid(), event.seen());
      return;
    }
    newest.put(job.name(), event);
    if (job.status().isFinished()) {
      lives.end(job.uid(), event.seen());
    } else {
      lives.goOn(job.uid(), event.seen());
    }
    if (event.before() != null && event.isWhole()) {
      addTransition(event.before().job(), job, event.seen());
    }
  }

  private void addTransition(StoredJob before, StoredJob after, Instant seen) {
    Transition.between(before.status(), after.status())
        .ifPresent(
            transition -> {
              transitions++;
              if (before.status().attempt() == null) {
                punctuality.add(lives.begin(after.uid()), seen);
              } else if (transition.lateness().isPresent()) {
                punctuality.add(requireNonNull(before.status().nextTransitionTime()), seen);
              }
            });
  }

  /** What is wrong, in the order in which it happened; empty if nothing is. */
  public synchronized List<Violation> violations(Ending ending) {
    var violations = new ArrayList<Violation>();
    var authors = new Authors(ending, deletions);
    var invariants = new Invariants();
    for (var event : events) {
      try {
        invariants.check(authors.of(event));
      } catch (AssertionError | RuntimeException e) {
        violations.add(violation(event, versions(event) + ": " + inOneLine(e)));
      }
    }
    var progress = new Progress(ending.settled(), ending.timeToLive());
    for (var event : newest.values()) {
      owed(progress, event)
          .ifPresent(owed -> violations.add(violation(event, versions(event) + ": owed: " + owed)));
    }
    acknowledged.stream()
        .filter(uid -> !uids.contains(uid))
        .map(uid -> new Violation(ending.settled(), "?", uid, "lost: created, and never stored"))
        .forEach(violations::add);
    return violations;
  }

  private static Optional<String> owed(Progress progress, Event newest) {
    return newest.after() != null && newest.after().isStatusReadable()
        ? progress.owed(newest.job(), newest.seen())
        : Optional.empty(); // A status that cannot be read is left alone, by design.
  }

  private static Violation violation(Event event, String text) {
    return new Violation(event.seen(), event.job().name(), event.job().uid(), text);
  }

  private static String versions(Event event) {
    var before = event.before() == null ? "-" : "v" + event.before().job().resourceVersion();
    var after = event.after() == null ? "deleted" : "v" + event.after().job().resourceVersion();
    return before + " to " + after;
  }

  private static String inOneLine(Throwable e) {
    return String.valueOf(e instanceof AssertionError ? e.getMessage() : e)
        .strip()
        .replaceAll("\\s+", " ");
  }

  /** All that happened to a job, a line each. */
  public synchronized String story(String uid, Ending ending) {
    var authors = new Authors(ending, deletions);
    return events.stream()
        .filter(event -> event.job().uid().equals(uid))
        .map(event -> authors.of(event).toString())
        .collect(Collectors.joining("\n"));
  }

  /** How many jobs were seen. */
  public synchronized int jobs() {
    return uids.size();
  }

  /** How many jobs were there and not finished at some moment between the two. */
  public synchronized int jobsAlive(Instant from, Instant to) {
    return lives.count(from, to);
  }

  /** How many changes of state were seen. */
  public synchronized long transitions() {
    return transitions;
  }

  /** For how many jobs something was due or asked for before the given time, and is not done. */
  public synchronized int unfinished(Instant due) {
    var progress = new Progress(due, Optional.empty());
    return (int)
        newest.values().stream().filter(event -> owed(progress, event).isPresent()).count();
  }

  /**
   * Of the transitions that were due between the two: from its due time, or from the creation of
   * the job, until it was stored.
   */
  public synchronized Optional<Duration> longestLateness(Instant from, Instant to) {
    return punctuality.longestLateness(from, to);
  }

  /** When the first transition was stored that was due later than that, and was on time. */
  public synchronized Optional<Instant> firstOnTimeAfter(Instant moment) {
    return punctuality.firstOnTimeAfter(moment);
  }
}
