package io.boxoffice.pageview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks what each way of writing page views promises, and what it does when the database fails.
 */
@Timeout(120)
class PageViewWriterDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final UUID CONCERT = UUID.randomUUID();

  private final TestDatabase database = TestDatabase.migrated();
  private final MetricRegistry metrics = new MetricRegistry();
  private final PageViewMetrics counts = new PageViewMetrics(metrics);
  private final PageViewStore store =
      new PageViewStore(database.jdbi(), TestOutbox.create(), counts);

  private static PageView view() {
    return new PageView(CONCERT, Instant.parse("2026-07-01T10:00:00.123456Z"));
  }

  private int stored() {
    return number("SELECT count(*) FROM page_views");
  }

  private int announced() {
    return number("SELECT coalesce(sum((data ->> 'views')::integer), 0) FROM outbox");
  }

  private int number(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(int.class).one());
  }

  private List<String> texts(String sql) {
    return database.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private long metric(String name) {
    return metrics.meter("page-views." + name).getCount();
  }

  @Test
  void oneViewIsOneStatementWithItsEvent() {
    store.insert(view());
    assertThat(stored()).isEqualTo(1);
    assertThat(
            texts(
                "SELECT concat_ws(' ', type, subject, key, data, time = viewed_at)"
                    + " FROM outbox CROSS JOIN page_views"))
        .containsExactly("page.viewed %s %s {\"views\" : 1} t".formatted(CONCERT, CONCERT));
  }

  @Test
  void aBatchHasOneEventForEachConcert() {
    UUID other = UUID.randomUUID();
    store.copy(
        new PageViewBatch(List.of(view(), new PageView(other, Instant.now()), view(), view())));
    assertThat(stored()).isEqualTo(4);
    assertThat(
            texts(
                "SELECT subject || ' ' || (data ->> 'views') FROM outbox"
                    + " WHERE type = 'page.viewed' AND key = subject"))
        .containsExactlyInAnyOrder(CONCERT + " 3", other + " 1");
  }

  @Test
  void aViewIsAnsweredWhenItsBatchIsCommittedAndRequestsShareATransaction() throws Exception {
    BatchingWriter writer = new BatchingWriter(10_000, Duration.ZERO, store::copy, counts);
    writer.start();
    CompletableFuture<?> all;
    try (Handle holder = database.jdbi().open()) {
      holder.begin();
      holder.execute("LOCK TABLE page_views IN SHARE MODE");
      List<CompletableFuture<Void>> views =
          IntStream.range(0, 500)
              .mapToObj(i -> writer.write(view()).toCompletableFuture())
              .toList();
      database.awaitLockWaiters(1);
      assertThat(views).noneMatch(CompletableFuture::isDone);
      all = CompletableFuture.allOf(views.toArray(CompletableFuture<?>[]::new));
      holder.rollback();
    }
    all.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(stored()).isEqualTo(500);
    assertThat(announced()).isEqualTo(500);
    assertThat(metric("transactions")).isLessThanOrEqualTo(3);
    writer.stop();
  }

  @Test
  void aRequestThatWaitsIsToldOfAFailure() throws Exception {
    BatchingWriter writer = new BatchingWriter(10_000, Duration.ZERO, store::copy, counts);
    writer.start();
    database.disconnect();
    try {
      assertThatThrownBy(() -> writer.write(view()).toCompletableFuture().get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(JdbiException.class);
    } finally {
      database.reconnect();
    }
    writer.write(view()).toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(stored()).isEqualTo(1);
    writer.stop();
  }

  @Test
  void withoutTheDatabaseViewsWaitAndAreRefusedWhenTheBufferIsFull() throws Exception {
    BatchingWriter writer =
        new BatchingWriter(
            100,
            Duration.ofMillis(10),
            new PersistentCopies(store, counts, Duration.ofMillis(20)),
            counts);
    database.disconnect();
    writer.start();
    AtomicInteger accepted = new AtomicInteger();
    try {
      assertThatThrownBy(
              () -> {
                while (true) {
                  var unused = writer.write(view());
                  accepted.incrementAndGet();
                }
              })
          .isInstanceOfSatisfying(
              ProblemException.class,
              full -> {
                assertThat(full.problem().code()).isEqualTo("overloaded");
                assertThat(full.retryAfterSeconds()).contains(1);
              });
      // One batch is being written, and the buffer is full.
      assertThat(accepted.get()).isBetween(100, 200);
    } finally {
      database.reconnect();
    }
    Eventually.within(LIMIT, () -> stored() == accepted.get());
    assertThat(announced()).isEqualTo(accepted.get());
    assertThat(metric("refused")).isEqualTo(1);
    writer.stop();
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNotRepeated() {
    PageViewBatch batch = new PageViewBatch(List.of(view(), view()));
    assertThat(store.isCommitted(batch)).isFalse();
    store.copy(batch);
    assertThat(store.isCommitted(batch)).isTrue();
    // As after a lost answer: the batch is given to the copies again.
    new PersistentCopies(store, counts, Duration.ofMillis(1)).accept(batch);
    assertThat(stored()).isEqualTo(2);
    assertThat(announced()).isEqualTo(2);
  }

  @Test
  void aTryThatWasRolledBackIsRepeated() {
    PageViewBatch batch = new PageViewBatch(List.of(view()));
    database
        .jdbi()
        .useTransaction(
            handle -> {
              batch.writtenBy(handle.attach(PageViewDao.class).transaction());
              assertThatThrownBy(() -> store.isCommitted(batch))
                  .hasMessageContaining("has not ended");
              handle.rollback();
            });
    assertThat(store.isCommitted(batch)).isFalse();
    new PersistentCopies(store, counts, Duration.ofMillis(1)).accept(batch);
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void anOrderlyStopWritesEverything() throws Exception {
    BatchingWriter writer = new BatchingWriter(10_000, Duration.ofSeconds(60), store::copy, counts);
    writer.start();
    for (int i = 0; i < 2_500; i++) {
      var unused = writer.write(view());
    }
    writer.stop();
    assertThat(stored()).isEqualTo(2_500);
    assertThat(metric("lost")).isZero();
    assertThatThrownBy(() -> writer.write(view())).isInstanceOf(ProblemException.class);
  }

  /** As with SIGKILL, nothing runs after it: the thread never returns from its first COPY. */
  @Test
  void aKillLosesNoMoreThanWhatWasAcceptedSinceTheLastCopy() throws Exception {
    CountDownLatch killed = new CountDownLatch(1);
    AtomicInteger copies = new AtomicInteger();
    BatchingWriter writer =
        new BatchingWriter(
            10_000,
            Duration.ofMillis(50),
            batch -> {
              if (copies.incrementAndGet() > 1) {
                killed.countDown();
                await(new CountDownLatch(1));
              }
              store.copy(batch);
            },
            counts);
    writer.start();
    for (int i = 0; i < 300; i++) {
      var unused = writer.write(view());
    }
    Eventually.within(LIMIT, () -> stored() > 0);
    int before = stored();
    int since = 300 - before;
    for (int i = 0; i < 7; i++) {
      var unused = writer.write(view());
      since++;
    }
    await(killed);
    assertThat(307 - stored()).isLessThanOrEqualTo(since);
    assertThat(stored()).isEqualTo(before);
    assertThat(announced()).isEqualTo(before);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("waited too long");
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void onlyOldViewsAreDeleted() {
    Duration almost = OldPageViews.RETENTION.minusHours(1);
    Duration over = OldPageViews.RETENTION.plusHours(1);
    store.copy(
        new PageViewBatch(
            List.of(
                new PageView(CONCERT, Instant.now().minus(almost)),
                new PageView(CONCERT, Instant.now().minus(over)))));
    new OldPageViews(database.jdbi()).delete();
    assertThat(stored()).isEqualTo(1);
  }
}
