package io.boxoffice.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.report.StubReportPartner.Mode;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks reports that are made while the request waits, with and without its thread. */
class ReportInRequestApplicationTest {
  private static final StubReportPartner PARTNER = new StubReportPartner();

  @RegisterExtension
  private static final TestApplication BLOCKING =
      ReportShop.application(TestDatabase.migrated(), "blocking", PARTNER);

  @RegisterExtension
  private static final TestApplication NONBLOCKING =
      ReportShop.application(TestDatabase.migrated(), "nonblocking", PARTNER);

  @AfterAll
  static void close() {
    PARTNER.close();
  }

  static Stream<ReportShop> shops() {
    return Stream.of(ReportShop.of(BLOCKING), ReportShop.of(NONBLOCKING));
  }

  static Stream<Arguments> failures() {
    return shops()
        .flatMap(
            shop ->
                Stream.of(
                    Arguments.of(shop, Mode.OVERLOADED, "partner-unavailable"),
                    Arguments.of(shop, Mode.REFUSED, "partner-refused"),
                    Arguments.of(shop, Mode.GARBAGE, "partner-unavailable"),
                    Arguments.of(shop, Mode.OTHER_CONCERT, "answer-not-valid"),
                    Arguments.of(shop, Mode.LARGE, "partner-unavailable"),
                    Arguments.of(shop, Mode.SILENT, "partner-unavailable")));
  }

  @ParameterizedTest
  @MethodSource("shops")
  void theAnswerIsTheReport(ReportShop shop) {
    PARTNER.set(Mode.DONE);
    String concert = shop.concert();
    Answer made = shop.request(concert, "Idempotency-Key", "made");
    assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
    assertThat(made.text("state")).isEqualTo("DONE");
    assertThat(made.text("statement")).isNotEmpty();
    assertThat(made.text("doneAt")).isNotEmpty();
    assertThat(ReportShop.id(made)).isEqualTo(made.text("id"));

    Answer again = shop.request(concert, "Idempotency-Key", "\"made\"");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(made.body());
    assertThat(PARTNER.requests(made.text("id"))).isEqualTo(1);

    Answer reused = shop.request(shop.concert(), "Idempotency-Key", "made");
    assertThat(reused.status()).isEqualTo(422);
    assertThat(reused.text("code")).isEqualTo("idempotency-key-reused");
  }

  @ParameterizedTest
  @MethodSource("shops")
  void aReportThatTakesLongIsAskedForUntilItIsDone(ReportShop shop) {
    PARTNER.set(Mode.SLOW);
    Answer made = shop.request(shop.concert());
    assertThat(made.status()).isEqualTo(201);
    assertThat(PARTNER.requests(made.text("id"))).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("shops")
  void aClientThatWantsNoWaitReadsTheReportLater(ReportShop shop) {
    PARTNER.set(Mode.SLOW);
    Answer accepted = shop.request(shop.concert(), "Prefer", "respond-async");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.text("state")).isEqualTo("QUEUED");
    assertThat(accepted.header("Retry-After")).isEqualTo("2");
    assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
    Answer done = shop.read(ReportShop.id(accepted), "Prefer", "wait=30");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.text("state")).isEqualTo("DONE");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureEndsTheReport(ReportShop shop, Mode mode, String reason) {
    PARTNER.set(mode);
    Answer failed = shop.request(shop.concert());
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.text("code")).isEqualTo("report-unavailable");
    assertThat(failed.text("reason")).isEqualTo(reason);
    assertThat(failed.header("Retry-After")).isEqualTo("5");
    Answer report = shop.read(ReportShop.id(failed));
    assertThat(report.text("state")).isEqualTo("FAILED");
    assertThat(report.text("failure")).isEqualTo(reason);
    assertThat(report.body().has("statement")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("shops")
  void onlyAReportOfAConcertIsMade(ReportShop shop) {
    Answer unknown = shop.request(UUID.randomUUID().toString());
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.body().at("/errors/0/field").asText()).isEqualTo("concertId");
    assertThat(shop.read(UUID.randomUUID().toString()).status()).isEqualTo(404);
  }
}
