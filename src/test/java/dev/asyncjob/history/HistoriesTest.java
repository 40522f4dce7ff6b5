package dev.asyncjob.history;

import static dev.asyncjob.history.HandMadeHistory.at;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.asyncjob.history.History.Violation;
import dev.asyncjob.lifecycle.SpecBuilder;
import dev.asyncjob.resource.AsyncJobStatus;
import dev.asyncjob.resource.Condition;
import dev.asyncjob.resource.ConditionType;
import dev.asyncjob.resource.CustomStatus;
import dev.asyncjob.resource.Phase;
import dev.asyncjob.resource.SuspendPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What judges the runs can fail: for each rule, a history that breaks it and no other. */
class HistoriesTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void isFound(String rule, Consumer<HandMadeHistory> story) {
    var history = new HandMadeHistory();
    story.accept(history);

    assertThat(history.violations())
        .extracting(Violation::text)
        .singleElement()
        .asString()
        .contains("[" + rule);
  }

  static Stream<Arguments> isFound() {
    return Stream.of(
            ofTime(),
            ofOrder(),
            ofParts(),
            ofEdits(),
            ofSuspension(),
            ofAttempts(),
            ofDeletion(),
            ofForeigners())
        .flatMap(rules -> rules);
  }

  private static Stream<Arguments> ofTime() {
    return Stream.of(
        rule(
            "due time of IN_PROGRESS",
            story ->
                queued(story)
                    .passesTo("9s999ms")
                    .operatedAsAt(at("10s"), s -> s.lastUpdatedTime(at("9s999ms")))),
        rule(
            "lastUpdatedTime by the clock",
            story -> queued(story).passesTo("9s999ms").operatedAsAt(at("10s"), s -> s)),
        rule(
            "lastUpdatedTime]",
            story ->
                queued(story)
                    .passesTo("10s")
                    .operatedBut(s -> s.lastUpdatedTime(at("0s").minusMillis(1)))),
        rule(
            "lastTransitionTime of Started",
            story ->
                queued(story)
                    .passesTo("10s")
                    .operatedBut(s -> conditions(s, ConditionType.Started, c -> since(c, -1)))),
        rule(
            "due by the record",
            story ->
                story
                    .created()
                    .operatedBut(s -> s.nextTransitionTime(at("5s")))
                    .passesTo("5s")
                    .operated()),
        rule(
            "notBeforeTime",
            story ->
                story
                    .created(spec -> spec.notBefore(at("1h")))
                    .operatedAsIf(spec -> spec.notBefore(null), s -> s)),
        rule(
            "end of Queued",
            story ->
                queued(story)
                    .passesTo("12s")
                    .operatedBut(
                        s ->
                            phases(
                                s,
                                queued -> queued.endedAt(at("12s")),
                                inProgress -> inProgress.startedAt(at("12s"))))),
        rule(
            "completionTime]",
            story ->
                inProgress(story).passesTo("30s").operatedBut(s -> s.completionTime(at("29s")))));
  }

  private static Stream<Arguments> ofOrder() {
    return Stream.of(
        rule(
            "state after QUEUED",
            story -> {
              var ahead = queued(new HandMadeHistory()).passesTo("30s").operated().job().status();
              queued(story).passesTo("30s").wrote(s -> ahead.toBuilder());
            }),
        rule(
            "a write that was owed",
            story -> queued(story).passesTo("1s").wrote(s -> s.lastUpdatedTime(at("1s")))),
        rule(
            "first state",
            story -> {
              var ahead = inProgress(new HandMadeHistory()).job().status();
              story.created().passesTo("10s").wrote(s -> ahead.toBuilder().createdTime(at("10s")));
            }),
        rule(
            "phase that has ended",
            story ->
                inProgress(story)
                    .passesTo("30s")
                    .operatedBut(
                        s -> phases(s, queued -> queued.lasting(Duration.ofSeconds(1)), p -> p))),
        rule(
            "phase that has ended",
            story -> {
              var before = queued(new HandMadeHistory()).job().status();
              inProgress(story).wrote(s -> before.toBuilder().lastUpdatedTime(at("10s")));
            }),
        rule(
            "start of Queued",
            story ->
                queued(story)
                    .edited(spec -> spec.timeToLive(5))
                    .operatedBut(s -> phases(s, queued -> queued.startedAt(at("1s")), p -> p))),
        rule(
            "a finished attempt",
            story ->
                finished(story)
                    .edited(spec -> spec.timeToLive(5))
                    .operatedBut(s -> s.message("else"))),
        rule(
            "never started",
            story -> {
              story.created(spec -> spec.notBefore(at("10s"))).operated().passesTo("30s");
              var ahead = finished(new HandMadeHistory()).job().status();
              story.wrote(
                  s ->
                      ahead.toBuilder()
                          .phases(phase(s, 0), phase(s, 1))
                          .conditions(without(ahead, ConditionType.Started)));
            }));
  }

  private static Stream<Arguments> ofParts() {
    return Stream.of(
        rule(
            "observedGeneration",
            story -> story.created().operatedBut(s -> s.observedGeneration(0L))),
        rule(
            "that of Condition",
            story ->
                story
                    .created()
                    .operatedBut(s -> conditions(s, ConditionType.Started, c -> c.observedAt(0)))),
        rule("Started", story -> story.created().operatedBut(s -> s.conditions(null))),
        rule(
            "Finished",
            story -> finishing(story).operatedBut(s -> without(s, ConditionType.Finished))),
        rule(
            "Complete",
            story -> finishing(story).operatedBut(s -> without(s, ConditionType.Complete))),
        rule(
            "Failed",
            story ->
                inProgress(story, spec -> spec.failing(null, null))
                    .passesTo("30s")
                    .operatedBut(s -> without(s, ConditionType.Failed))),
        rule("completionTime", story -> finishing(story).operatedBut(s -> s.completionTime(null))),
        rule(
            "timer of a running job",
            story -> story.created().operatedBut(s -> s.nextTransitionTime(null))),
        rule(
            "timer of a held or finished",
            story -> finishing(story).operatedBut(s -> s.nextTransitionTime(at("1h")))),
        rule(
            "frozen]",
            story -> story.created().operatedBut(s -> s.remainingDuration(Duration.ZERO))));
  }

  private static Stream<Arguments> ofEdits() {
    return Stream.of(
        rule(
            "edit before IN_PROGRESS",
            story ->
                queued(story)
                    .edited(spec -> spec.timeToLive(5))
                    .passesTo("10s")
                    .operatedAsIf(
                        spec -> {}, s -> s.observedGeneration(2L).conditions(observed(s, 2)))),
        rule(
            "length of Queued",
            story ->
                story
                    .created(spec -> spec.queued("5s"))
                    .operatedAsIf(spec -> spec.queued("6s"), s -> s)),
        rule(
            "timer after an edit",
            story ->
                queued(story)
                    .edited(spec -> spec.queued("15s"))
                    .operatedBut(s -> s.nextTransitionTime(at("14s")))),
        rule(
            "timer that no edit moves",
            story ->
                queued(story)
                    .edited(spec -> spec.inProgress("15s"))
                    .operatedBut(s -> s.nextTransitionTime(at("11s")))),
        rule(
            "finished though unreadable",
            story ->
                queued(story)
                    .madeReadable(false)
                    .operatedAsIf(spec -> spec.terminated("unreadable"), s -> s)),
        rule(
            "state of an unreadable job",
            story ->
                queued(story)
                    .madeReadable(false)
                    .passesTo("10s")
                    .operatedAsIf(
                        spec -> {}, s -> s.observedGeneration(2L).conditions(observed(s, 2)))));
  }

  private static Stream<Arguments> ofSuspension() {
    return Stream.of(
        rule(
            "going on though suspended",
            story ->
                queued(story)
                    .edited(spec -> spec.suspend(true))
                    .passesTo("10s")
                    .operatedAsIf(
                        spec -> spec.suspend(null),
                        s -> s.observedGeneration(2L).conditions(observed(s, 2)))),
        rule(
            "started though suspended",
            story ->
                story
                    .created(spec -> spec.suspend(true))
                    .operatedAsIf(spec -> spec.suspend(null), s -> s)),
        rule(
            "suspended as the spec says",
            story ->
                queued(story)
                    .passesTo("4s")
                    .edited(spec -> spec.queued("11s"))
                    .operatedAsIf(spec -> spec.suspend(true), s -> s.observedGeneration(1L))),
        rule(
            "remaining time]",
            story ->
                queued(story)
                    .passesTo("4s")
                    .edited(spec -> spec.suspend(true))
                    .operatedBut(s -> s.remainingDuration(Duration.ofSeconds(5)))),
        rule(
            "remaining time of a clock that runs on",
            story ->
                queued(story)
                    .passesTo("4s")
                    .edited(spec -> spec.suspend(true).suspendPolicy(SuspendPolicy.Continue))
                    .operatedBut(s -> s.remainingDuration(Duration.ofSeconds(6)))),
        rule(
            "remaining time after an edit",
            story ->
                suspended(story)
                    .edited(spec -> spec.queued("12s"))
                    .operatedBut(s -> s.remainingDuration(Duration.ofSeconds(6)))),
        rule(
            "timer that was frozen",
            story ->
                suspended(story)
                    .passesTo("1m")
                    .edited(spec -> spec.suspend(false))
                    .operatedBut(s -> s.nextTransitionTime(at("1m5s")))),
        rule(
            "frozen time]",
            story ->
                suspended(story)
                    .passesTo("1m")
                    .edited(spec -> spec.suspend(false))
                    .operatedBut(
                        s -> phases(s, queued -> queued.frozenFor(Duration.ofSeconds(1)), p -> p))),
        rule(
            "timer that ran on",
            story ->
                queued(story)
                    .passesTo("4s")
                    .edited(spec -> spec.suspend(true).suspendPolicy(SuspendPolicy.Continue))
                    .operated()
                    .passesTo("5s")
                    .edited(spec -> spec.suspend(false))
                    .operatedBut(s -> s.nextTransitionTime(at("11s")))));
  }

  private static Stream<Arguments> ofAttempts() {
    return Stream.of(
        rule("first attempt", story -> story.created().operatedBut(s -> s.attempt(2))),
        rule(
            "restarted, so finished",
            story ->
                queued(story)
                    .passesTo("30s")
                    .operatedAsIf(SpecBuilder::restarted, s -> finishedStatus())),
        rule(
            "restarted, so asked for",
            story -> finished(story).operatedAsIf(SpecBuilder::restarted, s -> s)),
        rule(
            "next attempt",
            story -> finished(story).edited(SpecBuilder::restarted).operatedBut(s -> s.attempt(3))),
        rule(
            "reset of Finished",
            story ->
                finished(story)
                    .edited(SpecBuilder::restarted)
                    .operatedBut(
                        s -> conditions(s, ConditionType.Finished, c -> because(c, "Else")))),
        rule(
            "restartNonce",
            story ->
                finished(story)
                    .edited(SpecBuilder::restarted)
                    .operatedBut(s -> s.restartNonce(0L))),
        rule(
            "createdTime",
            story -> story.created().operatedBut(s -> s.createdTime(at("0s").minusMillis(1)))),
        rule(
            "start at the acceptance",
            story ->
                story
                    .created()
                    .operatedBut(s -> phases(s, queued -> queued.startedAt(at("1s")), p -> p))),
        rule(
            "thirdPartyJobId",
            story ->
                story
                    .created(spec -> spec.thirdPartyJobId("mine"))
                    .operatedBut(s -> s.thirdPartyJobId("yours"))),
        rule(
            "id]",
            story -> queued(story).passesTo("10s").operatedBut(s -> s.thirdPartyJobId("else"))),
        rule(
            "who else has the id",
            story -> {
              var other = queued(story).job().status();
              story.created().operatedBut(s -> s.thirdPartyJobId(other.thirdPartyJobId()));
            }),
        rule(
            "Terminated",
            story ->
                queued(story)
                    .edited(spec -> spec.timeToLive(5))
                    .operatedAsIf(spec -> spec.terminated(""), s -> s)));
  }

  private static Stream<Arguments> ofDeletion() {
    return Stream.of(
        rule("deleted by no user, so finished", story -> queued(story).deleted()),
        rule(
            "deleted by no user, so readable",
            story -> finished(story).madeReadable(false).deleted()),
        rule(
            "deleted by no user, so not restarted",
            story -> finished(story).edited(SpecBuilder::restarted).deleted()),
        rule("deleted by no user, so of a time to live", story -> finished(story).deleted()),
        rule(
            "time to live at deletion",
            story -> finished(story, spec -> spec.timeToLive(5)).passesTo("34s999ms").deleted()));
  }

  private static Stream<Arguments> ofForeigners() {
    return Stream.of(
        rule(
            "due time of IN_PROGRESS, disturbed",
            story ->
                queued(story)
                    .foreignerWrote("foreign-1", s -> s.message("hello"))
                    .passesTo("9s")
                    .operatedAsAt(at("10s"), s -> s.lastUpdatedTime(at("9s")))),
        rule(
            "lastUpdatedTime]",
            story ->
                queued(story)
                    .foreignerWrote("foreign-1", s -> s.message("hello"))
                    .passesTo("10s")
                    .operatedBut(s -> s.lastUpdatedTime(at("0s").minusMillis(1)))),
        rule(
            "observedGeneration",
            story ->
                queued(story)
                    .foreignerWrote("foreign-1", s -> s.message("hello"))
                    .passesTo("10s")
                    .operatedBut(s -> s.observedGeneration(0L))),
        rule(
            "a finished attempt",
            story ->
                queued(story)
                    .foreignerWrote("foreign-1", s -> finishedStatus())
                    .wrote(s -> s.message("hello"))),
        rule(
            "restarted, so asked for",
            story ->
                queued(story)
                    .foreignerWrote("foreign-1", s -> finishedStatus())
                    .wrote(s -> s.attempt(2))),
        rule(
            "timer of a running job",
            story ->
                queued(story)
                    .foreignerWrote("foreign-1", s -> s.phases().attempt(null))
                    .operated()
                    .passesTo("10s")
                    .operatedBut(s -> s.nextTransitionTime(null))));
  }

  @Test
  void aGoodHistoryIsClean() {
    var history =
        inProgress(new HandMadeHistory())
            .edited(spec -> spec.inProgress("30s"))
            .operated()
            .passesTo("15s")
            .edited(spec -> spec.suspend(true))
            .operated()
            .edited(spec -> spec.inProgress("40s"))
            .operated()
            .passesTo("1m")
            .edited(spec -> spec.suspend(false))
            .operated()
            .passesTo("10m")
            .operated()
            .edited(SpecBuilder::restarted)
            .operated()
            .madeReadable(false)
            .operated()
            .madeReadable(true)
            .operated()
            .passesTo("20m")
            .operated()
            .edited(spec -> spec.timeToLive(1))
            .operated()
            .passesTo("21m")
            .operated();
    queued(history).edited(spec -> spec.terminated("enough")).operated();
    history.created(spec -> spec.notBefore(at("1h")).jitterPercent(50)).operated();
    history.passesTo("2h").operated().userDeleted();

    assertThat(history.violationsInTheEnd()).isEmpty();
    assertThat(history.history().jobs()).isEqualTo(3);
  }

  @Test
  void whatAForeignerWritesIsNotTheOperatorsFault() {
    var history =
        queued(new HandMadeHistory())
            .foreignerWrote("foreign-1", s -> s.customStatus(CustomStatus.InProgress))
            .foreignerWrote("foreign-2", s -> s.nextTransitionTime(at("1s")))
            .passesTo("2s")
            .operated()
            .passesTo("1h")
            .operated();

    assertThat(history.violationsInTheEnd()).isEmpty();
  }

  @Test
  void aClockThatIsAheadMayBeEarlyButNotByItsOwnRecord() {
    assertThat(
            queued(new HandMadeHistory().clockLies("5s"))
                .passesTo("6s")
                .operatedAsAt(at("10s"), s -> s)
                .violations())
        .isEmpty();
    assertThat(
            queued(new HandMadeHistory().clockLies("5s"))
                .passesTo("6s")
                .operatedAsAt(at("10s"), s -> s.lastUpdatedTime(at("9s")))
                .violations())
        .hasSize(1);
    assertThat(
            queued(new HandMadeHistory().clockLies("3s"))
                .passesTo("6s")
                .operatedAsAt(at("10s"), s -> s)
                .violations())
        .hasSize(1);
  }

  @Test
  void whatWasNotSeenIsNotJudged() {
    var ahead = finished(new HandMadeHistory()).job().status();

    assertThat(queued(new HandMadeHistory()).missed(s -> ahead.toBuilder()).violations()).isEmpty();
  }

  @Test
  void whatIsOwedInTheEndIsFound() {
    assertThat(owed(new HandMadeHistory().created())).contains("the last edit is observed");
    assertThat(owed(queued(new HandMadeHistory())))
        .contains("what was due at 2026-11-24T10:00:10Z");
    assertThat(owed(finished(new HandMadeHistory()).edited(SpecBuilder::restarted)))
        .contains("the last edit is observed");
    assertThat(
            owed(
                finished(new HandMadeHistory())
                    .edited(SpecBuilder::restarted)
                    .wrote(s -> s.observedGeneration(2L))))
        .contains("the restart that was asked for");
    assertThat(owed(finished(new HandMadeHistory(), spec -> spec.timeToLive(1))))
        .contains("the deletion that was due at 2026-11-24T10:00:31Z");
    assertThat(
            owed(
                queued(new HandMadeHistory())
                    .edited(spec -> spec.suspend(true))
                    .wrote(s -> s.observedGeneration(2L))))
        .contains("the suspension");
    assertThat(owed(queued(new HandMadeHistory()).wrote(s -> s.nextTransitionTime(null))))
        .contains("a timer");
  }

  private static String owed(HandMadeHistory history) {
    var violations = history.passesTo("1h").violationsInTheEnd();
    return violations.get(violations.size() - 1).text();
  }

  @Test
  void aJobThatWasAnsweredAndNeverStoredIsLost() {
    assertThat(new HandMadeHistory().acknowledged("gone").violations())
        .extracting(Violation::text)
        .containsExactly("lost: created, and never stored");
  }

  @Test
  void latenessIsFromTheDueTimeUntilItIsStored() {
    var history =
        queued(new HandMadeHistory())
            .passesTo("13s")
            .operated()
            .passesTo("30s")
            .operated()
            .history();

    assertThat(history.longestLateness(at("0s"), at("1h"))).hasValue(Duration.ofSeconds(3));
    assertThat(history.longestLateness(at("20s"), at("1h"))).hasValue(Duration.ZERO);
    assertThat(history.longestLateness(at("31s"), at("1h"))).isEmpty();
    assertThat(history.firstOnTimeAfter(at("5s"))).hasValue(at("30s"));
    assertThat(history.jobsAlive(at("29s"), at("29s"))).isEqualTo(1);
    assertThat(history.jobsAlive(at("31s"), at("1h"))).isZero();
    assertThat(history.transitions()).isEqualTo(3);
  }

  private static Arguments rule(String rule, Consumer<HandMadeHistory> story) {
    return arguments(rule, story);
  }

  private static HandMadeHistory queued(HandMadeHistory story) {
    return story.created().operated();
  }

  private static HandMadeHistory suspended(HandMadeHistory story) {
    return queued(story).passesTo("4s").edited(spec -> spec.suspend(true)).operated();
  }

  private static HandMadeHistory inProgress(HandMadeHistory story) {
    return inProgress(story, spec -> {});
  }

  private static HandMadeHistory inProgress(HandMadeHistory story, Consumer<SpecBuilder> spec) {
    return story.created(spec).operated().passesTo("10s").operated();
  }

  private static HandMadeHistory finishing(HandMadeHistory story) {
    return inProgress(story).passesTo("30s");
  }

  private static HandMadeHistory finished(HandMadeHistory story) {
    return finishing(story).operated();
  }

  private static HandMadeHistory finished(HandMadeHistory story, Consumer<SpecBuilder> spec) {
    return inProgress(story, spec).passesTo("30s").operated();
  }

  private static AsyncJobStatus.Builder finishedStatus() {
    return finished(new HandMadeHistory()).job().status().toBuilder();
  }

  private static AsyncJobStatus.Builder phases(
      AsyncJobStatus.Builder status, UnaryOperator<Phase> queued, UnaryOperator<Phase> inProgress) {
    return status.phases(queued.apply(phase(status, 0)), inProgress.apply(phase(status, 1)));
  }

  private static Phase phase(AsyncJobStatus.Builder status, int index) {
    return requireNonNull(status.build().phases()).get(index);
  }

  private static AsyncJobStatus.Builder conditions(
      AsyncJobStatus.Builder status, ConditionType type, UnaryOperator<Condition> change) {
    return status.conditions(
        requireNonNull(status.build().conditions()).stream()
            .map(condition -> condition.type() == type ? change.apply(condition) : condition)
            .toList());
  }

  private static List<Condition> observed(AsyncJobStatus.Builder status, long generation) {
    return requireNonNull(status.build().conditions()).stream()
        .map(condition -> condition.observedAt(generation))
        .toList();
  }

  private static AsyncJobStatus.Builder without(AsyncJobStatus.Builder status, ConditionType type) {
    return status.conditions(without(status.build(), type));
  }

  private static List<Condition> without(AsyncJobStatus status, ConditionType type) {
    return requireNonNull(status.conditions()).stream()
        .filter(condition -> condition.type() != type)
        .toList();
  }

  private static Condition since(Condition condition, long millis) {
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        condition.lastTransitionTime().plusMillis(millis),
        condition.reason(),
        condition.message());
  }

  private static Condition because(Condition condition, String reason) {
    return new Condition(
        condition.type(),
        condition.status(),
        condition.observedGeneration(),
        condition.lastTransitionTime(),
        reason,
        condition.message());
  }
}
