package io.boxoffice.mail;

import io.boxoffice.mail.smtp.Letter;
import java.time.Instant;
import java.util.UUID;

/**
 * Holds a mail that this replica has claimed.
 *
 * @param attempts counts the claims, this one included
 */
public record QueuedMail(
    UUID id,
    String recipient,
    String kind,
    String subject,
    String body,
    Instant createdAt,
    int attempts) {

  Letter letter() {
    return new Letter(id, recipient, subject, body, createdAt);
  }
}
