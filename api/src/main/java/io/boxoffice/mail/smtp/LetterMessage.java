package io.boxoffice.mail.smtp;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** Writes a mail as a message (RFC 5322) in plain text and UTF-8. */
final class LetterMessage extends MimeMessage {
  private final String messageId;

  LetterMessage(Session session, InternetAddress from, InternetAddress recipient, Letter letter)
      throws MessagingException {
    super(session);
    String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    this.messageId = "<%s@%s>".formatted(letter.id(), domain);
    setFrom(from);
    setRecipient(Message.RecipientType.TO, recipient);
    setSubject(letter.subject(), StandardCharsets.UTF_8.name());
    setSentDate(Date.from(letter.createdAt()));
    // Out-of-office programs do not answer (RFC 3834, section 5).
    setHeader("Auto-Submitted", "auto-generated");
    setText(letter.body(), StandardCharsets.UTF_8.name());
    saveChanges();
  }

  /** The same for each attempt, so that servers and people recognise a repetition. */
  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
