package dev.asyncjob.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final Agenda agenda = new Agenda();

  @Test
  void nothingIsTakenBeforeItsTime() {
    agenda.put("job", NOW.plusMillis(1));

    assertThat(agenda.poll(NOW)).isEmpty();
    assertThat(agenda.next()).contains(NOW.plusMillis(1));
    assertThat(agenda.poll(NOW.plusMillis(1))).contains("job");
    assertThat(agenda.poll(NOW.plusMillis(1))).isEmpty();
  }

  @Test
  void theMostOverdueComesFirst() {
    agenda.put("late", NOW.minusSeconds(20));
    agenda.put("latest", NOW.minusSeconds(30));
    agenda.put("less-late", NOW.minusSeconds(10));

    assertThat(taken(3)).containsExactly("latest", "late", "less-late");
  }

  @Test
  void everySecondTurnIsForWhatBecameDueJustNow() {
    for (int i = 0; i < 10; i++) {
      agenda.put("owed-" + i, NOW.minusSeconds(60 - i));
    }
    agenda.put("new", NOW.minusMillis(10));
    agenda.put("new-too", NOW);
    agenda.put("to-come", NOW.plusSeconds(1));

    assertThat(taken(6)).containsExactly("owed-0", "new", "owed-1", "new-too", "owed-2", "owed-3");
  }

  @Test
  void theLastTimeThatWasSetCounts() {
    agenda.put("job", NOW);
    agenda.put("job", NOW.plusSeconds(9));

    assertThat(agenda.poll(NOW)).isEmpty();
    assertThat(agenda.next()).contains(NOW.plusSeconds(9));
  }

  @Test
  void aJobThatIsBeingLookedAtIsNotTakenAgainUntilThatIsDone() {
    agenda.put("job", NOW);
    assertThat(taken(1)).containsExactly("job");
    agenda.put("job", NOW);

    assertThat(agenda.poll(NOW)).isEmpty();
    agenda.done("job", Optional.of(NOW.plusSeconds(9)));

    assertThat(agenda.poll(NOW)).contains("job");
  }

  @Test
  void whatIsDoneComesAgainWhenItIsSaid() {
    agenda.put("job", NOW);
    assertThat(taken(1)).containsExactly("job");
    agenda.done("job", Optional.of(NOW.plusSeconds(9)));

    assertThat(agenda.poll(NOW)).isEmpty();
    assertThat(agenda.poll(NOW.plusSeconds(9))).contains("job");
  }

  @Test
  void whatIsDoneForGoodLeavesNothing() {
    agenda.put("job", NOW);
    assertThat(taken(1)).containsExactly("job");
    agenda.done("job", Optional.empty());

    assertThat(agenda.contains("job")).isFalse();
    assertThat(agenda.next()).isEmpty();
    assertThat(agenda.soonestDue()).isEmpty();
  }

  @Test
  void whatIsTriedAgainStaysDueSinceTheFirstTime() {
    agenda.put("job", NOW.minusSeconds(5));
    agenda.put("later", NOW.plusSeconds(60));
    assertThat(taken(1)).containsExactly("job");
    assertThat(agenda.soonestDue()).contains(NOW.minusSeconds(5));
    agenda.retry("job", NOW.plusSeconds(9));

    assertThat(agenda.poll(NOW)).isEmpty();
    assertThat(agenda.next()).contains(NOW.plusSeconds(9));
    assertThat(agenda.soonestDue()).contains(NOW.minusSeconds(5));

    assertThat(agenda.poll(NOW.plusSeconds(9))).contains("job");
    agenda.done("job", Optional.of(NOW.plusSeconds(20)));
    assertThat(agenda.soonestDue()).contains(NOW.plusSeconds(20));
  }

  @Test
  void aChangeOfWhatIsTriedAgainSetsItsTime() {
    agenda.put("job", NOW.minusSeconds(5));
    assertThat(taken(1)).containsExactly("job");
    agenda.retry("job", NOW.plusSeconds(9));
    agenda.put("job", NOW.plusSeconds(30));

    assertThat(agenda.soonestDue()).contains(NOW.plusSeconds(30));
    assertThat(agenda.next()).contains(NOW.plusSeconds(30));
  }

  @Test
  void whatIsRemovedIsNotTaken() {
    agenda.put("job", NOW);
    agenda.remove("job");

    assertThat(agenda.poll(NOW)).isEmpty();
    assertThat(agenda.contains("job")).isFalse();
  }

  @Test
  void whoWaitsForALaterJobIsWokenForASoonerOne() {
    agenda.put("later", Instant.now().plusSeconds(600));
    var taken = CompletableFuture.supplyAsync(this::take);
    agenda.put("sooner", Instant.now());

    assertThat(taken).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("sooner");
  }

  private String take() {
    try {
      return agenda.take(Clock.systemUTC());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> taken(int count) {
    var taken = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      taken.add(agenda.poll(NOW).orElseThrow());
    }
    return taken;
  }
}
