package io.boxoffice.purchase;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Bodies;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks which idempotency keys are erased, and that a repeat is a new request afterwards. */
class OldKeysApplicationTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final TestDatabase DATABASE = TestDatabase.migrated();

  @RegisterExtension
  private static final TestApplication APPLICATION = TestApplication.on(DATABASE);

  private String concert;
  private String type;

  @BeforeEach
  void createConcertAndBeginAgain() {
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE key_erasures SET erased_to = '00000000-0000-0000-0000-000000000000'"));
    var created = APPLICATION.client().createConcert(1_000, operator());
    concert = created.path("id").asText();
    type = created.at("/ticketTypes/0/id").asText();
  }

  private static void erase(Duration retention, int batch) {
    new OldKeys(DATABASE.jdbi(), retention, batch).erase();
  }

  /** Makes an id as old as it says. */
  private static UUID idOf(Instant time) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
        time.toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12),
        Long.MIN_VALUE | random.nextLong(1L << 62));
  }

  private void insert(int rows, Duration age, boolean keys) {
    DATABASE
        .jdbi()
        .useTransaction(
            handle -> {
              for (int row = 0; row < rows; row++) {
                insert(handle, idOf(Instant.now().minus(age)), keys);
              }
            });
  }

  private void insert(Handle handle, UUID id, boolean key) {
    handle.execute(
        "INSERT INTO purchases (id, concert_id, ticket_type_id, email, quantity, status,"
            + " cancelled_at, idempotency_key, created_at) VALUES (?, ?, ?, 'ada@example.com', 1,"
            + " 'CANCELLED', now(), ?, now())",
        id,
        UUID.fromString(concert),
        UUID.fromString(type),
        key ? id.toString() : null);
    handle.execute(
        "INSERT INTO orders (concert_id, id, ticket_type_id, email, quantity, amount, currency,"
            + " state, idempotency_key, created_at, expires_at, changed_at) VALUES (?, ?, ?,"
            + " 'ada@example.com', 1, 1, 'EUR', 'EXPIRED', ?, now(), now() + interval '1 s', now())",
        UUID.fromString(concert),
        id,
        UUID.fromString(type),
        key ? id.toString() : null);
  }

  private int keys(String table) {
    return count(
        "SELECT count(*) FROM " + table + " WHERE idempotency_key IS NOT NULL AND concert_id = ?");
  }

  private int count(String sql) {
    return DATABASE
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .bind(0, UUID.fromString(concert))
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void onlyOldKeysAreErased() {
    insert(25, WEEK.plusMinutes(1), true);
    insert(5, WEEK.plusDays(1), false);
    insert(3, WEEK.minusMinutes(1), true);
    erase(WEEK, 10);
    for (String table : List.of("purchases", "orders")) {
      assertThat(keys(table)).as(table).isEqualTo(3);
      assertThat(count("SELECT count(*) FROM " + table + " WHERE concert_id = ?")).isEqualTo(33);
      assertThat(
              count(
                  "SELECT max(n) FROM (SELECT count(*) AS n FROM "
                      + table
                      + " WHERE concert_id = ? AND idempotency_key IS NULL"
                      + " GROUP BY xmin::text) x"))
          .as("rows of one transaction")
          .isBetween(1, 10);
    }

    erase(WEEK.minusMinutes(2), 10);
    assertThat(keys("purchases")).as("the next run continues").isZero();
    assertThat(keys("orders")).isZero();
  }

  @Test
  void aRepeatOfAnErasedKeyIsNew() {
    ApiClient api = APPLICATION.client();
    for (String call : List.of("/purchases", "/orders")) {
      String path = "/v1/concerts/" + concert + call;
      String[] key = {"Idempotency-Key", "week-old" + call.length()};
      String first = api.post(path, Bodies.purchase(1), key).text("id");
      Answer repeated = api.post(path, Bodies.purchase(1), key);
      assertThat(repeated.text("id")).isEqualTo(first);
      // The id has milliseconds.
      Eventually.within(
          Duration.ofSeconds(10),
          () -> {
            erase(Duration.ZERO, 100);
            return keys(call.substring(1)) == 0;
          });
      Answer late = api.post(path, Bodies.purchase(1), key);
      assertThat(late.status()).isEqualTo(201);
      assertThat(late.text("id")).isNotEqualTo(first);
      assertThat(late.header("Idempotency-Replayed")).isEmpty();
    }
    assertThat(DATABASE.stockInvariantViolations()).isZero();
  }
}
