package dev.asyncjob.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  void aJobThatWasPromisedAndIsNotSeenAtItsEndIsLost() {
    ledger.asked("ended");
    ledger.asked("promised");
    ledger.acknowledged("ended");
    ledger.acknowledged("promised");
    ledger.completed("ended");
    ledger.completed("ended");

    assertThat(ledger.lost()).containsExactly("promised");
    assertThat(ledger.created()).isEqualTo(2);
    assertThat(ledger.completed()).isEqualTo(1);
  }

  /** A request that is not answered in time may have made the job all the same. */
  @Test
  void soIsOneThatWasSeenWithoutAPromise() {
    ledger.asked("seen");
    ledger.asked("never seen");
    ledger.seen("seen");
    ledger.refused("create");
    ledger.refused("create");

    assertThat(ledger.lost()).containsExactly("seen");
    assertThat(ledger.created()).isZero();
    assertThat(ledger.refusals()).containsExactly(Map.entry("create", 2L));
  }

  @Test
  void aJobMayEndBeforeItsCreationIsAnswered() {
    ledger.asked("quick");
    ledger.completed("quick");
    ledger.acknowledged("quick");

    assertThat(ledger.lost()).isEmpty();
    assertThat(ledger.completed()).isEqualTo(1);
  }

  @Test
  void aJobOfSomebodyElseIsNobodysLoss() {
    ledger.seen("probe");
    ledger.completed("probe");

    assertThat(ledger.lost()).isEmpty();
    assertThat(ledger.completed()).isZero();
  }
}
