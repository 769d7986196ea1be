package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each state leads to one conclusion, whatever asks for it. */
class SqlStateTest {
  @ParameterizedTest
  @CsvSource({
    // state, too slow, session ended, away, rolled back, of data
    "08006,false,true,true,false,false", // connection failure
    "57P01,false,true,true,false,false", // administrator's shutdown
    "57014,true,false,false,true,false", // statement timeout: the server has answered
    "55P03,true,false,false,true,false", // lock not available
    "40P01,true,false,false,true,false", // deadlock
    "25006,false,false,true,true,false", // read-only transaction
    "25P03,false,true,false,true,false", // idle in transaction for too long
    "53200,false,false,true,false,false", // out of memory, at the server or in the driver
    "53300,false,false,true,true,false", // too many connections
    "58030,false,false,true,true,false", // input or output error
    "23514,false,false,false,true,true", // check violation
    "22001,false,false,false,true,true", // text too long
    "42P01,false,false,false,true,false", // no such table
  })
  void aStateMeansTheSameEverywhere(
      String code,
      boolean tooSlow,
      boolean ended,
      boolean away,
      boolean rolledBack,
      boolean ofData) {
    SqlState state = SqlState.of(new TransactionException(new SQLException("x", code)));

    assertThat(state.isTooSlow()).isEqualTo(tooSlow);
    assertThat(state.isSessionEnded()).isEqualTo(ended);
    assertThat(state.isAway()).isEqualTo(away);
    assertThat(state.isRolledBack()).isEqualTo(rolledBack);
    assertThat(state.isOfData()).isEqualTo(ofData);
  }

  @Test
  void withoutAnAnswerTheOutcomeIsNotKnown() {
    assertThat(SqlState.of(new IllegalStateException()).isRolledBack()).isFalse();
    assertThat(SqlState.of(new SQLException("no state")).isRolledBack()).isFalse();
  }
}
