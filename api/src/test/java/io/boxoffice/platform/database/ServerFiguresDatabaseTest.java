package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

class ServerFiguresDatabaseTest {
  private final TestDatabase database = TestDatabase.migrated();
  private final Jdbi jdbi = database.jdbi();

  @Test
  void theSizeGrowsWithTheDatabase() {
    long before = size();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "CREATE TABLE filler AS SELECT repeat('x', 100) FROM generate_series(1, 20000)"));

    assertThat(size() - before).isGreaterThan(20_000 * 100);
  }

  @Test
  void theLagExistsOnlyWhileAStandbyIsConnected() throws SQLException {
    assumeTrue(flag("SELECT rolreplication FROM pg_roles WHERE rolname = current_user"));
    assertThat(lag()).isNull();

    try (Connection connection = replicationConnection();
        PGReplicationStream standby = follow(connection)) {
      assertThat(standby.isClosed()).isFalse();
      Eventually.within(Duration.ofSeconds(10), () -> lag() != null);

      assertThat(lag()).isBetween(0.0, 10.0);
      // The role of the replicas may not see the standbys, and gets their lag all the same.
      ServingRole role = new ServingRole("serving " + UUID.randomUUID(), "a password");
      role.grant(database.settings());
      Jdbi asRole = new TestDatabase(database.url(), role.user(), role.password()).jdbi();
      int visible =
          asRole.withHandle(
              handle ->
                  handle
                      .createQuery("SELECT count(state) FROM pg_stat_replication")
                      .mapTo(Integer.class)
                      .one());
      assertThat(visible).isZero();
      assertThat(asRole.withExtension(ServerDao.class, ServerDao::replicationLag))
          .isBetween(0.0, 10.0);
    }
    Eventually.within(Duration.ofSeconds(10), () -> lag() == null);
  }

  /** Acts like a standby: requests everything that the server writes from now on. */
  private PGReplicationStream follow(Connection connection) throws SQLException {
    return connection
        .unwrap(PGConnection.class)
        .getReplicationAPI()
        .replicationStream()
        .physical()
        .withStartPosition(
            LogSequenceNumber.valueOf(text("SELECT CAST(pg_current_wal_lsn() AS text)")))
        .start();
  }

  private Connection replicationConnection() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.user());
    properties.setProperty("password", database.password());
    properties.setProperty("replication", "true");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "10");
    return DriverManager.getConnection(database.url(), properties);
  }

  private long size() {
    return jdbi.withExtension(ServerDao.class, ServerDao::size);
  }

  private Double lag() {
    return jdbi.withExtension(ServerDao.class, ServerDao::replicationLag);
  }

  private boolean flag(String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(Boolean.class).one());
  }

  private String text(String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(String.class).one());
  }
}
