package io.boxoffice.account.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Tests a sign-in at the moment of a change of the password, and the counts for metrics. */
class SessionDaoDatabaseTest {
  private final TestDatabase database = TestDatabase.migrated();
  private final Jdbi jdbi = database.jdbi();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private final AccountRow account =
      new AccountRow(
          UUID.randomUUID(), "ada@example.com", "ada@example.com", null, Role.BUYER, "old", now);

  private int insert(String passwordHash) {
    SessionRow session =
        new SessionRow(UUID.randomUUID(), account.id(), "", 0, now, now, now.plusSeconds(60), null);
    return jdbi.withExtension(SessionDao.class, dao -> dao.insert(session, passwordHash));
  }

  @Test
  void aSessionStartsOnlyWithThePasswordOfNow() {
    jdbi.useExtension(AccountDao.class, dao -> dao.insert(account));
    assertThat(insert("another")).isZero();
    assertThat(insert("old")).isEqualTo(1);
  }

  @Test
  void aSignInWaitsForAChangeOfThePasswordAndThenFails() {
    jdbi.useExtension(AccountDao.class, dao -> dao.insert(account));
    CompletableFuture<Integer> late;
    try (Handle handle = jdbi.open()) {
      handle.begin();
      handle.attach(AccountDao.class).setPassword(account.id(), "new");
      handle.attach(SessionDao.class).revokeAll(account.id(), null);
      late = CompletableFuture.supplyAsync(() -> insert("old"));
      database.awaitLockWaiters(1);
      handle.commit();
    }
    assertThat(late.join()).isZero();
  }

  @Test
  void aCountStopsAtItsBound() {
    jdbi.useExtension(AccountDao.class, dao -> dao.insert(account));
    for (int i = 0; i < 3; i++) {
      insert("old");
    }
    jdbi.useExtension(
        SessionDao.class,
        dao -> {
          assertThat(dao.countActive(now, 10)).isEqualTo(3);
          assertThat(dao.countActive(now, 2)).isEqualTo(2);
          assertThat(dao.countActive(now.plusSeconds(60), 10)).as("expired").isZero();
        });
    jdbi.useExtension(
        AccountDao.class,
        dao -> {
          assertThat(dao.count(10)).isEqualTo(1);
          assertThat(dao.count(0)).isZero();
        });
  }
}
