package io.boxoffice.report;

import static io.boxoffice.testing.TestApplication.operator;

import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.TestApplication;
import io.boxoffice.testing.TestDatabase;
import java.util.stream.Stream;

/** Requests and reads reports at a shop whose partner is a stub. */
final class ReportShop {
  private final TestApplication application;

  private ReportShop(TestApplication application) {
    this.application = application;
  }

  /** Returns a shop that calls the partner in the given way and waits a second for it. */
  static TestApplication application(TestDatabase database, String way, StubReportPartner partner) {
    return TestApplication.on(database)
        .with("communication", way)
        .with("partners.reportUrl", partner.url())
        .with("partners.timeLimit", "1s");
  }

  static ReportShop of(TestApplication application) {
    return new ReportShop(application);
  }

  private ApiClient api() {
    return application.client();
  }

  String concert() {
    return api().createConcert(5, operator()).path("id").asText();
  }

  Answer request(String concert, String... headers) {
    return api()
        .post(
            "/v1/reports",
            "{\"concertId\": \"%s\"}".formatted(concert),
            Stream.of(operator(), headers).flatMap(Stream::of).toArray(String[]::new));
  }

  Answer read(String id, String... headers) {
    return api()
        .get(
            "/v1/reports/" + id,
            Stream.of(operator(), headers).flatMap(Stream::of).toArray(String[]::new));
  }

  Answer list() {
    return api().get("/v1/reports?limit=100", operator());
  }

  /** Returns the id of a report that a Location names. */
  static String id(Answer answer) {
    return answer.header("Location").replaceFirst("^/v1/reports/", "");
  }
}
