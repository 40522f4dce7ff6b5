package dev.asyncjob.lifecycle;

import static dev.asyncjob.lifecycle.JobStory.aJob;
import static dev.asyncjob.lifecycle.JobStory.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncjob.lifecycle.Transition.State;
import dev.asyncjob.resource.AsyncJobStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What logs and metrics tell of two statuses. */
class TransitionTest {
  private static List<Transition> transitions(JobStory job, String... looks) {
    var result = new ArrayList<Transition>();
    for (var look : looks) {
      var before = job.status();
      for (var written : job.seenAt(look).writes()) {
        Transition.between(before, written).ifPresent(result::add);
        before = written;
      }
    }
    return result;
  }

  private static Transition onTime(State from, State to) {
    return new Transition(from, to, Optional.empty());
  }

  private static Transition late(State from, State to, String by) {
    return new Transition(from, to, Optional.of(Duration.between(at("0s"), at(by))));
  }

  @Test
  void tellsEachStateAndHowLateItWas() {
    assertThat(transitions(aJob().queued("20s").inProgress("30s"), "0s", "20s4ms", "50s"))
        .containsExactly(
            onTime(State.None, State.Queued),
            late(State.Queued, State.InProgress, "4ms"),
            late(State.InProgress, State.Completed, "0s"));
  }

  @Test
  void latenessOfAStartCountsFromNotBeforeTime() {
    var job = aJob().with(spec -> spec.notBefore(at("8s")));
    assertThat(transitions(job, "0s", "9s"))
        .containsExactly(
            onTime(State.None, State.Pending), late(State.Pending, State.Queued, "1s"));
  }

  @Test
  void latenessCountsFromTheMomentThatAnEditWasSeen() {
    var job = aJob().queued("20s").seenAt("0s").edited(spec -> spec.queued("1s"));
    assertThat(transitions(job, "15s")).containsExactly(late(State.Queued, State.InProgress, "0s"));
  }

  @Test
  void whatNobodyWaitedForHasNoLateness() {
    var job = aJob().queued("20s").seenAt("0s").suspended();
    assertThat(transitions(job, "25s")).containsExactly(onTime(State.Queued, State.Suspended));
    job.resumed();
    assertThat(transitions(job, "30s"))
        .containsExactly(
            onTime(State.Suspended, State.Queued), late(State.Queued, State.InProgress, "0s"));
    job.terminated("enough");
    assertThat(transitions(job, "9h")).containsExactly(onTime(State.InProgress, State.Terminated));
    job.restarted();
    assertThat(transitions(job, "10h")).containsExactly(onTime(State.Terminated, State.Queued));
  }

  @Test
  void aRestartIntoTheSameStateIsAChange() {
    var job = aJob().seenAt("0s").seenAt("1h").edited(spec -> spec.restarted().output(tooLarge()));
    var failed = transitions(job, "2h");
    assertThat(failed).containsExactly(onTime(State.Completed, State.Failed));
    job.restarted();
    assertThat(transitions(job, "3h")).containsExactly(onTime(State.Failed, State.Failed));
  }

  @Test
  void anEditIsNoChangeOfState() {
    var job = aJob().seenAt("0s").edited(spec -> spec.queued("1h"));
    assertThat(transitions(job, "1s")).isEmpty();
    assertThat(job.writes()).hasSize(1);
  }

  @Test
  void aStatusNobodyHasWrittenIsNone() {
    assertThat(State.of(AsyncJobStatus.UNSEEN)).isEqualTo(State.None);
    assertThat(Transition.between(AsyncJobStatus.UNSEEN, AsyncJobStatus.UNSEEN)).isEmpty();
  }

  private static String tooLarge() {
    return "\"" + "x".repeat(20_000) + "\"";
  }
}
