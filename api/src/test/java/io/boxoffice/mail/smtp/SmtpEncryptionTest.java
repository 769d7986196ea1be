package io.boxoffice.mail.smtp;

import static io.boxoffice.mail.smtp.SmtpClients.ADA;
import static io.boxoffice.mail.smtp.SmtpClients.LOCALHOST;
import static io.boxoffice.mail.smtp.SmtpClients.assertUnavailable;
import static io.boxoffice.mail.smtp.SmtpClients.client;
import static io.boxoffice.mail.smtp.SmtpClients.send;
import static io.boxoffice.mail.smtp.SmtpClients.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.mail.smtp.Reply.Outcome;
import io.boxoffice.mail.smtp.SmtpServer.Encryption;
import io.boxoffice.testing.MailServer;
import io.boxoffice.testing.TestCertificate;
import org.junit.jupiter.api.Test;

/** Tests how the client encrypts, whom it trusts, and when it sends its password. */
class SmtpEncryptionTest {
  private static final TestCertificate ANOTHER = TestCertificate.of("mail.example.com");

  @Test
  void signsInAfterStartTls() throws Exception {
    try (MailServer server = MailServer.withStartTlsAndLogin(LOCALHOST)) {
      SmtpClient client =
          client(
              server.port(),
              Encryption.STARTTLS_REQUIRED,
              MailServer.USER,
              MailServer.PASSWORD,
              LOCALHOST.trusting());
      assertThat(send(client, to(ADA)).outcome()).isEqualTo(Outcome.SENT);
      assertThat(server.received().get(0).encrypted()).isTrue();
      assertThat(server.received().get(0).user()).isEqualTo(MailServer.USER);
    }
  }

  @Test
  void usesStartTlsIfTheServerOffersIt() throws Exception {
    try (MailServer with = MailServer.withStartTls(LOCALHOST);
        MailServer without = MailServer.plain()) {
      for (MailServer server : new MailServer[] {with, without}) {
        SmtpClient client =
            client(server.port(), Encryption.STARTTLS_IF_OFFERED, "", "", LOCALHOST.trusting());
        assertThat(send(client, to(ADA)).outcome()).isEqualTo(Outcome.SENT);
        assertThat(server.received().get(0).encrypted()).isEqualTo(server == with);
      }
    }
  }

  @Test
  void usesTlsFromTheFirstByte() throws Exception {
    try (MailServer server = MailServer.withTls(LOCALHOST)) {
      SmtpClient client = client(server.port(), Encryption.TLS, "", "", LOCALHOST.trusting());
      assertThat(send(client, to(ADA)).outcome()).isEqualTo(Outcome.SENT);
    }
  }

  @Test
  void withoutStartTlsNoMailAndNoPasswordIsSent() {
    try (MailServer server = MailServer.withLogin()) {
      SmtpClient client =
          client(
              server.port(),
              Encryption.STARTTLS_REQUIRED,
              MailServer.USER,
              MailServer.PASSWORD,
              LOCALHOST.trusting());
      assertUnavailable(client, "STARTTLS");
    }
  }

  @Test
  void aCertificateOfAnotherNameOrAuthorityIsRefused() {
    for (Encryption encryption :
        new Encryption[] {
          Encryption.TLS, Encryption.STARTTLS_REQUIRED, Encryption.STARTTLS_IF_OFFERED
        }) {
      try (MailServer server =
          encryption == Encryption.TLS
              ? MailServer.withTls(ANOTHER)
              : MailServer.withStartTls(ANOTHER)) {
        assertUnavailable(
            client(server.port(), encryption, "", "", ANOTHER.trusting()), "localhost");
        assertUnavailable(client(server.port(), encryption, "", "", LOCALHOST.trusting()), "certi");
        assertThat(server.received()).isEmpty();
      }
    }
  }

  @Test
  void aWrongPasswordIsNamedAndNotShown() {
    try (MailServer server = MailServer.withStartTlsAndLogin(LOCALHOST)) {
      SmtpClient client =
          client(
              server.port(),
              Encryption.STARTTLS_REQUIRED,
              MailServer.USER,
              "another-secret",
              LOCALHOST.trusting());
      assertUnavailable(client, "refuses the user and password of SMTP_URL");
    }
  }
}
