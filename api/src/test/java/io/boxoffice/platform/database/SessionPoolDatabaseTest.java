package io.boxoffice.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.util.Duration;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionPoolDatabaseTest {
  private static final java.time.Duration LIMIT = java.time.Duration.ofSeconds(20);

  private final TestDatabase database = TestDatabase.empty();
  private final DatabaseSettings settings = database.settings();
  private final MetricRegistry metrics = new MetricRegistry();
  private SessionPool pool;
  private Jdbi jdbi;

  @AfterEach
  void stop() {
    pool.stop();
  }

  @Test
  void aWaitThatTimesOutIsCountedAndIsNoOutage() {
    settings.setMaxWaitForConnection(Duration.milliseconds(250));
    open(1);
    jdbi.useHandle(handle -> handle.execute("SELECT 1"));
    assertThat(timeouts()).isZero();

    try (Handle only = jdbi.open()) {
      assertThat(only.isClosed()).isFalse();
      assertThat(gauge("connections.active")).isEqualTo(1);
      assertThatThrownBy(jdbi::open)
          .isInstanceOf(ConnectionException.class)
          .hasCauseInstanceOf(PoolExhaustedException.class);
    }

    assertThat(timeouts()).isEqualTo(1);
    assertThat(gauge("max-connections")).isEqualTo(1);
    Eventually.within(LIMIT, () -> gauge("connections.idle") == 1);
    assertThat(gauge("connections.waiting")).isZero();
  }

  @Test
  void anUnreachableDatabaseIsNotReportedAsAnExhaustedPool() {
    settings.setMaxWaitForConnection(Duration.milliseconds(250));
    open(2);
    database.disconnect();

    for (int attempt = 0; attempt < 5; attempt++) {
      assertThatThrownBy(jdbi::open)
          .cause()
          .isInstanceOf(SQLException.class)
          .isNotInstanceOf(PoolExhaustedException.class);
    }
    assertThat(timeouts()).isZero();

    database.reconnect();
    Eventually.within(LIMIT, this::tryToRead);
  }

  @Test
  void aLostSessionMakesThePoolReplaceAllSessions() {
    open(8);
    List<Integer> before = useTogether(8);
    database.endConnections();

    tryToRead(); // Fails if the session was used so recently that the pool does not check it.
    for (int attempt = 0; attempt < 8; attempt++) {
      assertThat(before).doesNotContain(jdbi.withHandle(SessionPoolDatabaseTest::process));
    }
  }

  @Test
  void aSessionThatReportsItIsReadOnlyIsReplacedBeforeItFails() {
    open(1);
    jdbi.useHandle(handle -> handle.execute("SET default_transaction_read_only = on"));

    jdbi.useHandle(SessionPoolDatabaseTest::write);
  }

  @Test
  void aReadOnlySessionThatDoesNotReportItIsReplacedAfterAFailure() {
    open(1);
    int failed =
        jdbi.withHandle(
            handle -> {
              handle.execute("START TRANSACTION READ ONLY");
              int process = process(handle);
              assertThatThrownBy(() -> write(handle)).hasMessageContaining("read-only");
              handle.execute("ROLLBACK");
              return process;
            });

    assertThat(jdbi.withHandle(SessionPoolDatabaseTest::process)).isNotEqualTo(failed);
  }

  @Test
  void sessionsContinueToReadWhileNoSessionCanWrite() {
    database.setReadOnly(true);
    open(1);
    int reader = jdbi.withHandle(SessionPoolDatabaseTest::process);
    assertThatThrownBy(() -> jdbi.useHandle(SessionPoolDatabaseTest::write));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2); // Long enough for several checks.
    do {
      assertThat(jdbi.withHandle(SessionPoolDatabaseTest::process)).isEqualTo(reader);
    } while (System.nanoTime() - end < 0);

    database.setReadOnly(false);

    Eventually.within(LIMIT, () -> jdbi.withHandle(SessionPoolDatabaseTest::process) != reader);
    jdbi.useHandle(SessionPoolDatabaseTest::write);
  }

  @Test
  void aSessionIsReplacedAtItsMaximumAge() {
    settings.setMaxConnectionAge(Duration.minutes(10));
    open(1);
    assertThat(pool.getMaxLifetime()).isEqualTo(600_000);
    int old = jdbi.withHandle(SessionPoolDatabaseTest::process);

    pool.setMaxLifetime(
        100); // Applies to new sessions; the setting itself accepts no less than 30 s.
    pool.getHikariPoolMXBean().softEvictConnections();
    int young = jdbi.withHandle(SessionPoolDatabaseTest::process);

    assertThat(young).isNotEqualTo(old);
    Eventually.within(LIMIT, () -> jdbi.withHandle(SessionPoolDatabaseTest::process) != young);
  }

  private void open(int size) {
    settings.setMaxSize(size);
    pool = SessionPool.open(settings, metrics, "pool");
    jdbi = Jdbi.create(pool);
  }

  private List<Integer> useTogether(int number) {
    List<Handle> handles = new ArrayList<>();
    List<Integer> processes = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      handles.add(jdbi.open());
      processes.add(process(handles.get(i)));
    }
    handles.forEach(Handle::close);
    return processes;
  }

  private boolean tryToRead() {
    try {
      return jdbi.withHandle(SessionPoolDatabaseTest::process) > 0;
    } catch (JdbiException refused) {
      return false;
    }
  }

  private static void write(Handle handle) {
    handle.execute("CREATE TABLE IF NOT EXISTS written (id integer)");
  }

  private static int process(Handle handle) {
    return handle.createQuery("SELECT pg_backend_pid()").mapTo(Integer.class).one();
  }

  private long timeouts() {
    return metrics.meter("database.pool.timeouts").getCount();
  }

  private int gauge(String name) {
    return (int) metrics.getGauges().get("database.pool." + name).getValue();
  }
}
