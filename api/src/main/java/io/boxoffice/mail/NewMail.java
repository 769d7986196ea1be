package io.boxoffice.mail;

import java.time.Duration;

/**
 * Holds a mail to send.
 *
 * @param recipient one address, as the person wrote it
 * @param kind names the reason in lower case with hyphens, such as {@code password-changed}
 * @param body plain text
 * @param usefulFor the time after which the mail is not sent any more, such as the lifetime of its
 *     code; null for a mail that stays useful
 */
public record NewMail(
    String recipient, String kind, String subject, String body, Duration usefulFor) {

  /** Holds a mail that stays useful. */
  public NewMail(String recipient, String kind, String subject, String body) {
    this(recipient, kind, subject, body, null);
  }
}
