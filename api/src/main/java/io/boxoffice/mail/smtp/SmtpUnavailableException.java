package io.boxoffice.mail.smtp;

import java.io.IOException;

/** Says why the server cannot be used at present. */
public final class SmtpUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  SmtpUnavailableException(SmtpServer server, String reason, Throwable cause) {
    super("the SMTP server %s cannot be used: %s".formatted(server, reason), cause);
  }
}
