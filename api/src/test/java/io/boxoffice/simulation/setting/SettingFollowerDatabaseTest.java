package io.boxoffice.simulation.setting;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.boxoffice.simulation.rule.Limits;
import io.boxoffice.simulation.rule.Setting;
import io.boxoffice.simulation.rule.SettingParser;
import io.boxoffice.simulation.rule.TestRoutes;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.dropwizard.jackson.Jackson;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tests on a real database that the follower goes on after a failure. */
class SettingFollowerDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(SettingFollower.class);

  private final TestDatabase database = TestDatabase.migrated();
  private final SettingStore store =
      new SettingStore(
          database.jdbi(),
          new SettingParser(TestRoutes.ALL, TestRoutes.SHIPPED, false),
          setting("off"),
          Jackson.newObjectMapper(),
          Clock.systemUTC());
  private final AtomicInteger failures = new AtomicInteger();
  private final LiveSimulation simulation =
      new LiveSimulation(store.readFirst(), Clock.systemUTC(), () -> 42, this::fail);
  private final SettingFollower follower =
      new SettingFollower(database.settings(), store, simulation, Clock.systemUTC());
  private final Events events = new Events();

  @BeforeEach
  void start() {
    events.setContext(LOG.getLoggerContext());
    events.start();
    LOG.addAppender(events);
    follower.start();
  }

  @AfterEach
  void stop() throws Exception {
    follower.stop();
    LOG.detachAppender(events);
  }

  @Test
  void unexpectedExceptionIsLoggedAndDoesNotEndTheFollower() {
    failures.set(1);
    change(1, "{\"activeProfile\": \"regular\"}");
    Eventually.within(LIMIT, () -> events.count(Level.ERROR) == 1);

    change(2, "{\"activeProfile\": \"realistic\"}");

    Eventually.within(LIMIT, () -> simulation.setting().activeProfile().equals("realistic"));
  }

  @Test
  void unreadableSettingIsLoggedOnceAndKeepsTheConnection() {
    change(1, "{\"weather\": 1}");

    // The follower polls every second, on the same connection.
    Eventually.within(LIMIT, this::oneSessionPollsForTwoSeconds);
    assertThat(events.count(Level.ERROR)).isEqualTo(1);
    change(2, "{\"climate\": 1}");
    Eventually.within(LIMIT, () -> events.count(Level.ERROR) == 2);

    change(3, "{\"activeProfile\": \"realistic\"}");
    Eventually.within(LIMIT, () -> simulation.setting().activeProfile().equals("realistic"));
    assertThat(events.count(Level.WARN)).isZero();
  }

  private boolean oneSessionPollsForTwoSeconds() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                          AND query_start - backend_start > interval '2 seconds'
                        """)
                    .mapTo(Integer.class)
                    .one()
                    .equals(1));
  }

  private void change(int version, String setting) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE simulation_settings SET version = ?, setting = CAST(? AS jsonb)",
                    version,
                    setting));
  }

  private void fail(Setting setting) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("no counter for " + setting.activeProfile());
    }
  }

  private static Setting setting(String profile) {
    return new Setting(null, Limits.DEFAULT, profile, false, TestRoutes.SHIPPED);
  }

  /** Keeps what the follower logs. */
  private static final class Events extends AppenderBase<ILoggingEvent> {
    private final List<Level> levels = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      levels.add(event.getLevel());
    }

    long count(Level level) {
      return levels.stream().filter(level::equals).count();
    }
  }
}
