package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.platform.error.Problem;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseProblemMapperTest {

  @ParameterizedTest
  @CsvSource({
    "08006,unavailable", // connection failure
    "57P01,unavailable", // administrator's shutdown
    "53300,unavailable", // too many connections
    "25006,unavailable", // a standby after a failover
    "55P03,overloaded", // lock not available
    "57014,overloaded", // statement timeout
    "40P01,overloaded", // deadlock
    "23514,internal-error", // check violation
    "42P01,internal-error", // no such table
  })
  void eachSqlStateHasItsProblem(String state, String code) {
    assertThat(translate(new SQLException("secret words", state)).code()).isEqualTo(code);
    assertThat(translate(new SQLException("secret words", state)).detail())
        .doesNotContain("secret");
  }

  @Test
  void anExhaustedPoolIsAnOverload() {
    assertThat(translate(new PoolExhaustedException("no connection")).code())
        .isEqualTo("overloaded");
  }

  @Test
  void aFailureToConnectIsUnavailability() {
    ConnectionException failure = new ConnectionException(new SQLException("x", "55000"));
    assertThat(DatabaseProblemMapper.translate(failure).problem().code()).isEqualTo("unavailable");
  }

  private static Problem translate(SQLException cause) {
    return DatabaseProblemMapper.translate(new TransactionException(cause)).problem();
  }
}
