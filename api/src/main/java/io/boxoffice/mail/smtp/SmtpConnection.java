package io.boxoffice.mail.smtp;

import io.boxoffice.mail.smtp.Reply.Outcome;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends mails to the server, one after the other. */
public final class SmtpConnection implements AutoCloseable {
  private static final int PERMANENT = 500;

  private final Session session;
  private final SMTPTransport transport;
  private final InternetAddress from;

  SmtpConnection(Session session, SMTPTransport transport, InternetAddress from) {
    this.session = session;
    this.transport = transport;
    this.from = from;
  }

  /** Sends a mail. Never throws because of the mail or the server. */
  public Reply send(Letter letter) {
    InternetAddress recipient = MailAddress.parse(letter.recipient()).orElse(null);
    if (recipient == null) {
      return new Reply(Outcome.REJECTED, "not sent: the address is not one of ASCII characters");
    }
    if (letter.subject().codePoints().anyMatch(Character::isISOControl)) {
      return new Reply(Outcome.REJECTED, "not sent: the subject has control characters");
    }
    try {
      transport.sendMessage(
          new LetterMessage(session, from, recipient, letter), new Address[] {recipient});
      return new Reply(Outcome.SENT, transport.getLastServerResponse());
    } catch (SendFailedException refused) {
      return refusal(refused);
    } catch (MessagingException failure) {
      return new Reply(Outcome.DEFERRED, reason(failure));
    }
  }

  private Reply refusal(SendFailedException refused) {
    int code = transport.getLastReturnCode();
    if (code < 0) {
      return new Reply(Outcome.DEFERRED, "the connection ended before the answer");
    }
    // A refusal of the sender concerns every mail, so that the mails wait for its repair.
    boolean ofSender =
        refused instanceof SMTPSendFailedException failed
            && failed.getCommand().startsWith("MAIL FROM");
    return new Reply(
        code >= PERMANENT && !ofSender ? Outcome.REJECTED : Outcome.DEFERRED,
        transport.getLastServerResponse());
  }

  /** Whether the server still answers on this connection. */
  public boolean isUsable() {
    return transport.isConnected();
  }

  /** Names the failure and, because Angus Mail hides it behind a general one, its cause. */
  static String reason(MessagingException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.getMessage() : failure.getMessage() + ": " + cause.getMessage();
  }

  @Override
  public void close() {
    try {
      transport.close();
    } catch (MessagingException unfinished) {
      // The mails have their outcomes already. A connection that does not close is the server's.
    }
  }
}
