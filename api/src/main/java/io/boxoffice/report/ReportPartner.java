package io.boxoffice.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.partner.PartnerAnswer;
import io.boxoffice.partner.PartnerClient;
import io.boxoffice.partner.PartnerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Asks the report partner. The id of a report is its key there, so it is made once. */
final class ReportPartner {
  /** The most characters of a statement; one has about 700. */
  static final int MOST_CHARACTERS = 8_000;

  /** The three parts of a JWS (RFC 7515, section 7.1). */
  private static final Pattern STATEMENT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final PartnerClient client;
  private final long waitSeconds;

  /**
   * Asks by the given client.
   *
   * @param waitSeconds how long the partner may wait with an answer, less than the time limit of
   *     the client
   */
  ReportPartner(PartnerClient client, long waitSeconds) {
    this.client = client;
    this.waitSeconds = waitSeconds;
  }

  /** Says that the partner answered with something other than the report. */
  static final class NotReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReportException() {
      super("The report partner answered with something other than the report.");
    }
  }

  /**
   * Requests a report, or asks for it again.
   *
   * @return the statement; empty when the partner has accepted the request and is not done. Fails
   *     with PartnerException, or with {@link NotReportException}
   */
  CompletionStage<Optional<String>> ask(UUID reportId, UUID concertId) {
    return client
        .send(
            PartnerRequest.post("reports", reportId, Map.of("concertId", concertId))
                .with("Prefer", "wait=" + waitSeconds))
        .thenApply(answer -> statement(answer, concertId));
  }

  private static Optional<String> statement(PartnerAnswer answer, UUID concertId) {
    JsonNode report = answer.body();
    if (!report.path("concertId").asText().equals(concertId.toString())) {
      throw new NotReportException();
    }
    String state = report.path("state").asText();
    if (state.equals("QUEUED")) {
      return Optional.empty();
    }
    String statement = report.path("statement").asText();
    if (!state.equals("DONE")
        || statement.length() > MOST_CHARACTERS
        || !STATEMENT.matcher(statement).matches()) {
      throw new NotReportException();
    }
    return Optional.of(statement);
  }
}
