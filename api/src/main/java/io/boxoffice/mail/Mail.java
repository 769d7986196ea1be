package io.boxoffice.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Represents a mail for operators.
 *
 * @param sentAt absent unless a server accepted the mail
 * @param failure the server's last refusal, or why it was given up; absent if nothing failed
 */
@Schema(requiredProperties = {"id", "recipient", "kind", "subject", "body", "createdAt", "state"})
public record Mail(
    UUID id,
    String recipient,
    String kind,
    String subject,
    String body,
    Instant createdAt,
    State state,
    @JsonInclude(JsonInclude.Include.NON_NULL) Instant sentAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) String failure) {

  /** What became of a mail. */
  public enum State {
    /** The service had no server for mails; operators read the mail here. */
    KEPT,
    /** The mail waits for its first attempt or for the next one. */
    QUEUED,
    /** A server accepted the mail. */
    SENT,
    /** The mail is not sent any more. */
    FAILED
  }
}
