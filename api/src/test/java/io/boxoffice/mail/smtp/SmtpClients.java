package io.boxoffice.mail.smtp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.mail.smtp.SmtpServer.Encryption;
import io.boxoffice.testing.MailServer;
import io.boxoffice.testing.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;

/** Makes the clients and mails of the tests of this package. */
final class SmtpClients {
  static final TestCertificate LOCALHOST = TestCertificate.of("localhost");
  private static final TimeLimits LIMITS =
      new TimeLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
  static final UUID ID = UUID.fromString("0190a1b2-0000-7000-8000-000000000000");
  static final Instant CREATED = Instant.parse("2026-11-29T10:15:30Z");
  static final String ADA = "ada@example.com";

  private SmtpClients() {}

  static SmtpClient client(
      int port, Encryption encryption, String user, String password, SSLSocketFactory tls) {
    return new SmtpClient(
        new SmtpServer("localhost", port, encryption, user, password),
        MailAddress.parse("tickets@shop.example").orElseThrow(),
        LIMITS,
        tls);
  }

  static SmtpClient client(MailServer server) {
    return client(server.port(), Encryption.NONE, "", "", LOCALHOST.trusting());
  }

  static Letter to(String recipient) {
    return letter(recipient, "A subject");
  }

  static Letter letter(String recipient, String subject) {
    return new Letter(ID, recipient, subject, "First line\n.\nGrüße, 東京\n", CREATED);
  }

  static Reply send(SmtpClient client, Letter letter) throws Exception {
    try (SmtpConnection connection = client.connect()) {
      return connection.send(letter);
    }
  }

  static void assertUnavailable(SmtpClient client, String reason) {
    assertThatThrownBy(() -> client.connect().close())
        .isInstanceOf(SmtpUnavailableException.class)
        .hasMessageStartingWith("the SMTP server localhost:")
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("another-secret", MailServer.PASSWORD);
  }
}
