package io.boxoffice.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.report.StubReportPartner.Mode;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks reports that a consumer of events makes after the answer, in any of two replicas. */
class ReportByEventsApplicationTest {
  private static final StubReportPartner PARTNER = new StubReportPartner();
  private static final TestDatabase DATABASE = TestDatabase.migrated();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension
  private static final TestApplication FIRST = ReportShop.application(DATABASE, "events", PARTNER);

  @RegisterExtension
  private static final TestApplication SECOND = ReportShop.application(DATABASE, "events", PARTNER);

  private final ReportShop shop = ReportShop.of(FIRST);
  private final ReportShop other = ReportShop.of(SECOND);

  @AfterAll
  static void close() {
    PARTNER.close();
  }

  @Test
  void theRequestIsAnsweredAtOnceAndTheReportIsMadeOnce() {
    PARTNER.set(Mode.DONE);
    String concert = shop.concert();
    Answer accepted = shop.request(concert, "Idempotency-Key", "by-events");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("state")).isEqualTo("QUEUED");
    String id = ReportShop.id(accepted);
    Answer done = other.read(id, "Prefer", "wait=30");
    assertThat(done.text("state")).isEqualTo("DONE");
    assertThat(other.list().body().path("items").findValuesAsText("id")).contains(id);
    assertThat(PARTNER.requests(id)).isEqualTo(1);

    Answer again = other.request(concert, "Idempotency-Key", "by-events");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(done.body());
  }

  @ParameterizedTest
  @EnumSource(names = {"OVERLOADED", "GARBAGE", "OTHER_CONCERT", "LARGE", "SILENT"})
  void aReportWaitsForAPartnerThatFails(Mode mode) {
    PARTNER.set(mode);
    String id = ReportShop.id(shop.request(shop.concert()));
    Eventually.within(LIMIT, () -> PARTNER.requests(id) >= 2);
    Answer waiting = shop.read(id);
    assertThat(waiting.text("state")).isEqualTo("QUEUED");
    assertThat(waiting.text("failure"))
        .isEqualTo(mode == Mode.OTHER_CONCERT ? "answer-not-valid" : "partner-unavailable");
    PARTNER.set(Mode.DONE);
    assertThat(shop.read(id, "Prefer", "wait=30").text("state")).isEqualTo("DONE");
    assertThat(shop.read(id).body().has("failure")).isFalse();
  }

  @Test
  void aReportThatThePartnerRefusesFails() {
    PARTNER.set(Mode.REFUSED);
    Answer accepted = shop.request(shop.concert(), "Idempotency-Key", "refused");
    Answer failed = shop.read(ReportShop.id(accepted), "Prefer", "wait=30");
    assertThat(failed.text("state")).isEqualTo("FAILED");
    assertThat(failed.text("failure")).isEqualTo("partner-refused");
  }

  @Test
  void aReportThatTakesLongIsAskedForUntilItIsDone() {
    PARTNER.set(Mode.SLOW);
    String id = ReportShop.id(shop.request(shop.concert()));
    assertThat(shop.read(id, "Prefer", "wait=30").text("state")).isEqualTo("DONE");
    assertThat(PARTNER.requests(id)).isEqualTo(3);
  }

  /** The event was received, and the replica that had the lease crashed. */
  @Test
  void theReportOfACrashedReplicaIsMadeWhenItsLeaseEnds() {
    PARTNER.set(Mode.DONE);
    UUID leased = insert("1 hour");
    UUID ended = insert("-1 second");
    Answer done = shop.read(ended.toString(), "Prefer", "wait=30");
    assertThat(done.text("state")).isEqualTo("DONE");
    assertThat(PARTNER.requests(leased.toString())).isZero();
  }

  private UUID insert(String lease) {
    UUID id = UUID.randomUUID();
    DATABASE
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO reports (id, concert_id, state, created_at, attempts, due_at)"
                        + " VALUES (?, ?, 'QUEUED', now(), 1, now() + CAST(? AS interval))",
                    id,
                    UUID.fromString(shop.concert()),
                    lease));
    return id;
  }
}
