package dev.asyncjob.history;

import dev.asyncjob.history.History.Ending;
import dev.asyncjob.history.History.LyingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells who made a change, and what an operator's clock may have said. A status is the operator's,
 * unless a foreign field manager has just come in; all else is a user's.
 */
final class Authors {
  /** With what the field managers of those begin who write a status and should not. */
  private static final String FOREIGN = "foreign-";

  /** The longest that a request is on its way, with a server that stands still for a while. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private final Ending ending;
  private final Deletions deletions;

  Authors(Ending ending, Deletions deletions) {
    this.ending = ending;
    this.deletions = deletions;
  }

  Change of(Event event) {
    var before = event.before() == null ? null : event.before().job();
    var after = event.after() == null ? null : event.after().job();
    return new Change(event.seen(), cause(event), before, after);
  }

  private Cause cause(Event event) {
    var before = event.before();
    var after = event.after();
    if (after == null && deletions.mayHaveDeleted(event.job(), event.seen())) {
      return new Cause.User("user");
    }
    if (after != null && before != null) {
      var foreigner = foreigner(before, after);
      if (foreigner.isPresent()) {
        return new Cause.Foreigner(foreigner.get());
      }
    }
    if (!event.isWhole()) {
      return new Cause.Unknown();
    }
    if (before == null || (after != null && before.job().status().equals(after.job().status()))) {
      return new Cause.User("user");
    }
    return new Cause.Operator("operator", decision(event.seen(), before.job(), event.job()));
  }

  /** A name that has not been there takes a new one for each write, so that each is noticed. */
  private static Optional<String> foreigner(Version before, Version after) {
    if (!before.isStatusReadable() || !after.isStatusReadable()) {
      return Optional.of("unreadable status");
    }
    return before.job().status().equals(after.job().status())
        ? Optional.empty()
        : after.statusManagers().stream()
            .filter(manager -> manager.startsWith(FOREIGN))
            .filter(manager -> !before.statusManagers().contains(manager))
            .findFirst();
  }

  /**
   * The lock that the write held makes the version before it the one that was decided on. Where
   * lastUpdatedTime has moved, it is what the clock said.
   */
  private Decision decision(Instant seen, StoredJob before, StoredJob after) {
    var latest = seen.plus(ahead(seen));
    var recorded = after.status().lastUpdatedTime();
    if (recorded == null || recorded.equals(before.status().lastUpdatedTime())) {
      return new Decision(before, Instant.EPOCH, latest, ending.timeToLive());
    }
    var clock = recorded.isBefore(latest) ? recorded : latest;
    return new Decision(before, clock, clock, ending.timeToLive());
  }

  private Duration ahead(Instant seen) {
    return ending.lies().stream()
        .filter(lie -> !seen.isBefore(lie.from()) && seen.isBefore(lie.to().plus(ON_ITS_WAY)))
        .map(LyingClock::ahead)
        .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }
}
