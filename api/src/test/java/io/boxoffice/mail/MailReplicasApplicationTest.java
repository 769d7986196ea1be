package io.boxoffice.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.app.BoxOfficeApplication;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.MailServer;
import io.boxoffice.testing.MailServer.Received;
import io.boxoffice.testing.MailServer.Step;
import io.boxoffice.testing.RewrittenSql;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests mails that two replicas could send, and replicas that stop while they send. */
class MailReplicasApplicationTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String ADA = "ada@example.com";

  private final TestDatabase database = TestDatabase.migrated();
  private final MailServer server = MailServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  private TestApplication replica(BoxOfficeApplication service) {
    return TestApplication.on(database, service)
        .with("mail.smtpUrl", "smtp://127.0.0.1:" + server.port())
        .with("mail.from", "tickets@shop.example")
        // Longer than the shipped limit, so that a busy machine changes no outcome.
        .with("database.properties.options", "-c lock_timeout=30s");
  }

  private static void queue(Handle handle, String recipient, String dueIn) {
    handle.execute(
        "INSERT INTO mails (id, recipient, kind, subject, body, created_at, state, due_at)"
            + " VALUES (gen_random_uuid(), ?, 'test', 'A subject', 'text', now(), 'QUEUED',"
            + " now() + CAST(? AS interval))",
        recipient,
        dueIn);
  }

  private long count(String condition) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT count(*) FROM mails WHERE " + condition)
                    .mapTo(Long.class)
                    .one());
  }

  private void awaitAllSent() {
    Eventually.within(SOON, () -> count("state <> 'SENT'") == 0);
  }

  @Test
  void ofTwoReplicasOneSendsEachMail() throws Exception {
    TestApplication one = replica(new BoxOfficeApplication()).start();
    TestApplication other = replica(new BoxOfficeApplication()).start();
    try {
      database
          .jdbi()
          .useTransaction(
              handle -> {
                for (int i = 0; i < 150; i++) {
                  queue(handle, "buyer-%d@example.com".formatted(i), "0s");
                }
              });
      awaitAllSent();
      assertThat(server.received()).extracting(Received::recipient).doesNotHaveDuplicates();
      assertThat(server.received()).hasSize(150);
    } finally {
      other.stop();
      one.stop();
    }
  }

  @Test
  void withoutTheLockOfTheClaimTwoReplicasSendOneMail() throws Exception {
    RewrittenSql unguarded = new RewrittenSql(Map.of("FOR UPDATE SKIP LOCKED", ""));
    RewrittenSql another = new RewrittenSql(Map.of("FOR UPDATE SKIP LOCKED", ""));
    TestApplication one = replica(unguarded).start();
    TestApplication other = replica(another).start();
    try (Handle holder = database.jdbi().open()) {
      queue(holder, ADA, "3s");
      holder.begin();
      holder.execute("SELECT FROM mails FOR UPDATE");
      database.awaitLockWaiters(2);
      holder.commit();
      Eventually.within(SOON, () -> server.receivedBy(ADA).size() == 2);
    } finally {
      other.stop();
      one.stop();
    }
    assertThat(unguarded.neverFound()).isEmpty();
    assertThat(another.neverFound()).isEmpty();
  }

  @Test
  void aMailWhoseReplicaCrashedIsSentByAnotherOne() throws Exception {
    database.jdbi().useHandle(handle -> queue(handle, ADA, "0s"));
    // A replica that claims a mail and is never seen again.
    Optional<QueuedMail> claimed =
        database.jdbi().withExtension(DeliveryDao.class, dao -> dao.claim(Duration.ofSeconds(3)));
    assertThat(claimed).isPresent();
    TestApplication other = replica(new BoxOfficeApplication()).start();
    try {
      awaitAllSent();
      assertThat(server.receivedBy(ADA)).hasSize(1);
      assertThat(count("attempts = 2")).isEqualTo(1);
    } finally {
      other.stop();
    }
  }

  /** Ends the session that writes the first outcome, as a server does that shuts down. */
  private static void loseTheFirstOutcome(Handle handle) {
    handle.execute("CREATE SEQUENCE outcomes");
    handle.execute(
        """
        CREATE FUNCTION lose_the_first() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.state = 'SENT' AND nextval('outcomes') = 1 THEN
            RAISE EXCEPTION 'the server shuts down' USING ERRCODE = 'admin_shutdown';
          END IF;
          RETURN NEW;
        END $$""");
    handle.execute(
        "CREATE TRIGGER lose_the_first BEFORE UPDATE ON mails"
            + " FOR EACH ROW EXECUTE FUNCTION lose_the_first()");
  }

  @Test
  void aMailWhoseOutcomeIsLostIsRepeatedWithTheSameMessageId() throws Exception {
    database.jdbi().useHandle(MailReplicasApplicationTest::loseTheFirstOutcome);
    database.jdbi().useHandle(handle -> queue(handle, ADA, "0s"));
    TestApplication replica = replica(new BoxOfficeApplication()).start();
    try {
      Eventually.within(
          SOON,
          () -> {
            database
                .jdbi()
                .useHandle(
                    handle ->
                        handle.execute(
                            "UPDATE mails SET due_at = now() WHERE due_at > now()"
                                + " AND attempts = 1"));
            return count("state = 'SENT'") == 1;
          });
      List<Received> both = server.receivedBy(ADA);
      assertThat(both).hasSize(2);
      assertThat(both.get(1).header("Message-ID")).isEqualTo(both.get(0).header("Message-ID"));
    } finally {
      replica.stop();
    }
  }

  @Test
  void aStopLetsTheMailEndThatIsBeingSent() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    server.answer(
        (step, address) -> {
          if (step == Step.TEXT) {
            sending.countDown();
            await(stopping);
          }
        });
    database
        .jdbi()
        .useHandle(
            handle -> {
              queue(handle, ADA, "0s");
              queue(handle, "next@example.com", "1s");
            });
    TestApplication replica = replica(new BoxOfficeApplication()).start();
    await(sending);
    CompletableFuture<Void> stop = CompletableFuture.runAsync(replica::stop);
    // A stop that did not wait would end in this time.
    assertThatThrownBy(() -> stop.get(3, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    stopping.countDown();
    stop.get(60, TimeUnit.SECONDS);
    assertThat(count("recipient = '%s' AND state = 'SENT'".formatted(ADA))).isEqualTo(1);
    assertThat(count("recipient = 'next@example.com' AND state = 'QUEUED'")).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException cause) {
      throw new IllegalStateException(cause);
    }
  }
}
