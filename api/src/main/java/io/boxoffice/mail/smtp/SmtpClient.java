package io.boxoffice.mail.smtp;

import io.boxoffice.platform.StartupException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Opens connections to the server of {@code SMTP_URL}. */
public final class SmtpClient {
  private final SmtpServer server;
  private final InternetAddress from;
  private final Session session;

  /**
   * Creates a client; it connects later.
   *
   * @param tls decides which certificates are trusted
   */
  public SmtpClient(
      SmtpServer server, InternetAddress from, TimeLimits limits, SSLSocketFactory tls) {
    this.server = server;
    this.from = from;
    this.session = Session.getInstance(properties(server, from, limits, tls));
  }

  /**
   * Creates a client from the settings that each process with mails has.
   *
   * @param smtpUrl the server with its user and password; blank to send no mail
   * @param from the address that mails come from
   * @return empty if there is no server
   * @throws StartupException when a setting is not valid
   */
  public static Optional<SmtpClient> of(String smtpUrl, String from) {
    if (smtpUrl.isBlank()) {
      return Optional.empty();
    }
    SmtpServer server = SmtpServer.parse(smtpUrl);
    return Optional.of(
        new SmtpClient(
            server,
            MailAddress.parse(from)
                .orElseThrow(
                    () ->
                        new StartupException(
                            "MAIL_FROM is needed with SMTP_URL: one address of ASCII characters that the server accepts as the sender, such as tickets@example.com.")),
            TimeLimits.SHIPPED,
            (SSLSocketFactory) SSLSocketFactory.getDefault()));
  }

  /** Names the settings as Angus Mail's package org.eclipse.angus.mail.smtp does. */
  private static Properties properties(
      SmtpServer server, InternetAddress from, TimeLimits limits, SSLSocketFactory tls) {
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", milliseconds(limits.connect()));
    properties.put("mail.smtp.timeout", milliseconds(limits.read()));
    properties.put("mail.smtp.writetimeout", milliseconds(limits.write()));
    properties.put("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.put(
        "mail.smtp.ssl.enable", Boolean.toString(server.encryption() == SmtpServer.Encryption.TLS));
    properties.put(
        "mail.smtp.starttls.enable",
        Boolean.toString(server.encryption() != SmtpServer.Encryption.NONE));
    properties.put(
        "mail.smtp.starttls.required",
        Boolean.toString(server.encryption() == SmtpServer.Encryption.STARTTLS_REQUIRED));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", tls);
    // A failure must not lead to a second attempt that trusts other certificates.
    properties.put("mail.smtp.socketFactory.fallback", "false");
    // The name of this machine means nothing to the server, and to look it up can take seconds.
    String sender = from.getAddress();
    properties.put("mail.smtp.localhost", sender.substring(sender.lastIndexOf('@') + 1));
    return properties;
  }

  private static String milliseconds(Duration limit) {
    return Long.toString(limit.toMillis());
  }

  /**
   * Connects and signs in.
   *
   * @throws SmtpUnavailableException when no mail can be sent at present
   */
  public SmtpConnection connect() throws SmtpUnavailableException {
    try {
      SMTPTransport transport = (SMTPTransport) session.getTransport("smtp");
      try {
        transport.connect(
            server.host(),
            server.port(),
            server.user().isEmpty() ? null : server.user(),
            server.user().isEmpty() ? null : server.password());
      } catch (MessagingException failure) {
        transport.close();
        throw failure;
      }
      return new SmtpConnection(session, transport, from);
    } catch (AuthenticationFailedException refused) {
      throw new SmtpUnavailableException(
          server, "it refuses the user and password of SMTP_URL", refused);
    } catch (MessagingException failure) {
      throw new SmtpUnavailableException(server, SmtpConnection.reason(failure), failure);
    }
  }
}
