package io.boxoffice.partners.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/**
 * A report that the partner has accepted.
 *
 * @param key the Idempotency-Key of its request, or the id of its event
 * @param rounds how often the hash of each ticket is computed
 * @param endedAt null while it is queued
 * @param statement the signed statement (JWS, RFC 7515); null unless it is done
 * @param failure why it failed; null unless it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Report(
    UUID id,
    String key,
    UUID concertId,
    int rounds,
    State state,
    Instant createdAt,
    Instant endedAt,
    String statement,
    String failure) {

  /** What became of a report. */
  public enum State {
    /** It waits for the thread, or the thread works on it. */
    QUEUED,
    DONE,
    /** A request with its key tries it again. */
    FAILED
  }

  /** Returns this report, to be made again. */
  Report queued() {
    return new Report(id, key, concertId, rounds, State.QUEUED, createdAt, null, null, null);
  }

  /** Returns this report with its statement. */
  Report done(String signed, Instant at) {
    return new Report(id, key, concertId, rounds, State.DONE, createdAt, at, signed, null);
  }

  /** Returns this report with the reason of its failure. */
  Report failed(String reason, Instant at) {
    return new Report(id, key, concertId, rounds, State.FAILED, createdAt, at, null, reason);
  }
}
