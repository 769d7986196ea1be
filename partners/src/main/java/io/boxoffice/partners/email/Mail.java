package io.boxoffice.partners.email;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/**
 * A mail that the partner has accepted.
 *
 * @param key the Idempotency-Key of its request, or the id of its event
 * @param sentAt null unless a server accepted the mail
 * @param failure why the mail is not sent any more; null unless it has failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mail(
    UUID id,
    String key,
    String to,
    String subject,
    String text,
    State state,
    Instant createdAt,
    Instant sentAt,
    String failure) {

  /** What became of a mail. */
  public enum State {
    /** The partner has no server for mails; the mail is shown only. */
    KEPT,
    /** The mail waits for its first attempt or for the next one. */
    QUEUED,
    /** A server accepted the mail. */
    SENT,
    /** The mail is not sent any more. */
    FAILED
  }

  /** Returns the request that led to this mail. */
  NewMail request() {
    return new NewMail(to, subject, text);
  }

  /** Returns this mail after its last attempt. */
  Mail endedBy(MailEntry.Ended end) {
    return new Mail(
        id,
        key,
        to,
        subject,
        text,
        end.state(),
        createdAt,
        end.state() == State.SENT ? end.at() : null,
        end.failure());
  }
}
