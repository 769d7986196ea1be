package io.boxoffice.platform.database.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.database.Connector;
import io.boxoffice.testing.TestDatabase;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.junit.jupiter.api.Test;

/** Reads from a second connection to one database, in place of a standby. */
class StandbyReadsDatabaseTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(30);

  private final TestDatabase database = TestDatabase.migrated();
  private final MetricRegistry metrics = new MetricRegistry();
  private final StandbyState state = new StandbyState(1);

  /** A query that fails in sessions with a certain setting. */
  interface NumberDao {
    @SqlQuery(
        "SELECT 1 / (CASE WHEN current_setting('boxoffice.fails', true) = 'yes' THEN 0 ELSE 1 END)")
    int number();
  }

  private Heartbeats heartbeats(Duration maxAge) {
    KeptSession session = new KeptSession(new Connector(database.settings(), Map.of()));
    Heartbeats heartbeats = new Heartbeats(maxAge, session, session, state);
    heartbeats.beat();
    heartbeats.beat();
    return heartbeats;
  }

  private StandbyReads reads(Jdbi standby, boolean allLent) {
    return new StandbyReads(
        database.jdbi(), standby, () -> allLent, heartbeats(MAX_AGE), state, metrics);
  }

  private long count(String databaseAndReason) {
    return metrics.meter("read-database.reads." + databaseAndReason).getCount();
  }

  @Test
  void aFreshStandbyIsRead() {
    ReadResult<Integer> result =
        reads(database.jdbi(), false).read(NumberDao.class, NumberDao::number);

    assertThat(result.value()).isEqualTo(1);
    assertThat(result.ageSeconds()).isBetween(0L, MAX_AGE.toSeconds());
    assertThat(count("standby.fresh")).isEqualTo(1);
  }

  @Test
  void aReadThatMustSeeThePresentGoesToThePrimary() {
    ReadResult<Integer> result =
        reads(database.jdbi(), false)
            .readSince(System.nanoTime(), NumberDao.class, NumberDao::number);

    assertThat(result.ageSeconds()).isNull();
    assertThat(count("primary.written")).isEqualTo(1);
    assertThat(state.isUsable()).isTrue();
  }

  @Test
  void anUnreachableStandbyIsGivenUpAndTheReadRepeatedOnThePrimary() {
    Jdbi away =
        Jdbi.create(
            () -> {
              throw new SQLException("refused", "08001");
            });

    assertThat(reads(away, false).read(NumberDao.class, NumberDao::number).value()).isEqualTo(1);
    assertThat(count("primary.failed")).isEqualTo(1);
    assertThat(state.isUsable()).isFalse();
  }

  @Test
  void anExhaustedPoolIsNoOutage() {
    Jdbi lent =
        Jdbi.create(
            () -> {
              throw new SQLTransientConnectionException("timed out");
            });

    assertThat(reads(lent, true).read(NumberDao.class, NumberDao::number).value()).isEqualTo(1);
    assertThat(count("primary.busy")).isEqualTo(1);
    assertThat(state.isUsable()).isTrue();
  }

  @Test
  void aStatementThatFailsOnTheStandbyOnlyIsRepeatedOnce() {
    Jdbi failing =
        new TestDatabase(
                database.url() + "?options=-c%20boxoffice.fails=yes",
                database.user(),
                database.password())
            .jdbi();

    assertThat(reads(failing, false).read(NumberDao.class, NumberDao::number).value()).isEqualTo(1);
    assertThat(count("primary.failed")).isEqualTo(1);
    assertThat(state.isUsable()).isTrue();
  }

  @Test
  void afterASecondFailureTheReadFails() {
    AtomicInteger runs = new AtomicInteger();

    assertThatThrownBy(
            () ->
                reads(database.jdbi(), false)
                    .read(
                        NumberDao.class,
                        dao -> {
                          runs.incrementAndGet();
                          throw new ConnectionException(new SQLException("lost", "08006"));
                        }))
        .isInstanceOf(ConnectionException.class);
    assertThat(runs).hasValue(2);
  }

  @Test
  void anOldHeartbeatEndsTheUseOfTheStandby() {
    StandbyReads reads =
        new StandbyReads(
            database.jdbi(),
            database.jdbi(),
            () -> false,
            heartbeats(Duration.ofDays(1)),
            state,
            metrics);
    assertThat(reads.read(NumberDao.class, NumberDao::number).ageSeconds()).isNotNull();
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE read_heartbeats SET sent_nanos = sent_nanos - ?",
                    Duration.ofDays(2).toNanos()));

    assertThat(reads.read(NumberDao.class, NumberDao::number).ageSeconds()).isNull();
    assertThat(count("primary.old")).isEqualTo(1);
    assertThat(state.isUsable()).isFalse();
    assertThat(reads.read(NumberDao.class, NumberDao::number).ageSeconds()).isNull();
    assertThat(count("primary.unusable")).isEqualTo(1);
  }

  @Test
  void heartbeatsOfEndedReplicasAreDeleted() {
    heartbeats(MAX_AGE);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute("UPDATE read_heartbeats SET sent_at = now() - interval '2 hours'"));
    heartbeats(MAX_AGE);

    int left =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT count(*) FROM read_heartbeats")
                        .mapTo(Integer.class)
                        .one());
    assertThat(left).isEqualTo(1);
  }
}
