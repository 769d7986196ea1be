package io.boxoffice.mail.smtp;

import static io.boxoffice.mail.smtp.SmtpClients.ADA;
import static io.boxoffice.mail.smtp.SmtpClients.CREATED;
import static io.boxoffice.mail.smtp.SmtpClients.ID;
import static io.boxoffice.mail.smtp.SmtpClients.LOCALHOST;
import static io.boxoffice.mail.smtp.SmtpClients.assertUnavailable;
import static io.boxoffice.mail.smtp.SmtpClients.client;
import static io.boxoffice.mail.smtp.SmtpClients.letter;
import static io.boxoffice.mail.smtp.SmtpClients.send;
import static io.boxoffice.mail.smtp.SmtpClients.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.mail.smtp.Reply.Outcome;
import io.boxoffice.mail.smtp.SmtpServer.Encryption;
import io.boxoffice.testing.MailServer;
import io.boxoffice.testing.MailServer.Received;
import io.boxoffice.testing.MailServer.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;

/** Tests the client against a real SMTP server. */
class SmtpClientTest {
  @Test
  void aMailIsPlainTextWithTheHeadersOfAProgram() throws Exception {
    try (MailServer server = MailServer.plain()) {
      Reply reply = send(client(server), letter(ADA, "Größe: 東京"));
      assertThat(reply.outcome()).as(reply.text()).isEqualTo(Outcome.SENT);

      assertThat(server.received()).hasSize(1);
      Received mail = server.received().get(0);
      assertThat(mail.recipient()).isEqualTo(ADA);
      assertThat(mail.header("From")).isEqualTo("tickets@shop.example");
      assertThat(mail.header("To")).isEqualTo(ADA);
      assertThat(mail.header("Message-ID")).isEqualTo("<" + ID + "@shop.example>");
      assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
      assertThat(mail.header("MIME-Version")).isEqualTo("1.0");
      assertThat(mail.message().getSentDate()).isEqualTo(Date.from(CREATED));
      assertThat(mail.message().getSubject()).isEqualTo("Größe: 東京");
      assertThat(mail.message().getContentType())
          .isEqualToIgnoringCase("text/plain; charset=UTF-8");
      assertThat(mail.message().getContent().toString().replace("\r\n", "\n").strip())
          .isEqualTo("First line\n.\nGrüße, 東京");
      assertThat(mail.text()).as("all of it is ASCII").matches("\\p{ASCII}*");
    }
  }

  @Test
  void oneConnectionSendsAnotherMailAfterARefusal() throws Exception {
    try (MailServer server = MailServer.plain();
        SmtpConnection connection = client(server).connect()) {
      server.answer(
          (step, address) -> {
            if (step == Step.RECIPIENT && !address.equals(ADA)) {
              throw new RejectException(550, "5.1.1 no such user " + address);
            }
          });
      Reply refused = connection.send(to("nobody@example.com"));
      assertThat(refused.outcome()).isEqualTo(Outcome.REJECTED);
      assertThat(refused.text()).isEqualTo("550 5.1.1 no such user nobody@example.com");
      assertThat(connection.isUsable()).isTrue();
      assertThat(connection.send(to(ADA)).outcome()).isEqualTo(Outcome.SENT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RECIPIENT,550,REJECTED",
    "RECIPIENT,552,REJECTED",
    "RECIPIENT,450,DEFERRED",
    "RECIPIENT,452,DEFERRED",
    "TEXT,554,REJECTED",
    "TEXT,451,DEFERRED",
    // The sender is the same in all mails, so that no mail is to blame.
    "SENDER,550,DEFERRED",
    "SENDER,530,DEFERRED",
    "SENDER,451,DEFERRED",
  })
  void theReplyCodeDecidesWhetherALaterAttemptCanSucceed(Step where, int code, Outcome outcome)
      throws Exception {
    try (MailServer server = MailServer.plain()) {
      server.answer(
          (step, address) -> {
            if (step == where) {
              throw new RejectException(code, "for a test");
            }
          });
      Reply reply = send(client(server), to(ADA));
      assertThat(reply.outcome()).as(reply.text()).isEqualTo(outcome);
      assertThat(reply.text()).contains(code + " for a test");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com\nBcc: eve@example.com",
        "ada@example.com\rX: y",
        "ada@example.com>\r\nDATA",
        "ada@example.com> SIZE=1",
        "ada@example.com,eve@example.com",
        "ada@example.com, eve@example.com",
        "Ada <ada@example.com>",
        "<ada@example.com>",
        "ada@example.com\u0000",
        "ada@example.com\u0085Bcc: eve@example.com",
        "@route.example:ada@example.com",
        "a da@example.com",
        "ada",
        "ada@",
        "@example.com",
        "adà@example.com",
        "ada@straße.example",
        "\"a\r\nb\"@example.com",
        ""
      })
  void nothingButOneAddressReachesTheServer(String recipient) throws Exception {
    try (MailServer server = MailServer.plain();
        SmtpConnection connection = client(server).connect()) {
      Reply reply = connection.send(to(recipient));
      assertThat(reply.outcome()).isEqualTo(Outcome.REJECTED);
      assertThat(reply.text()).startsWith("not sent").doesNotContain(recipient + "@");
      assertThat(server.received()).isEmpty();
      assertThat(connection.send(to(ADA)).outcome()).isEqualTo(Outcome.SENT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hello\r\nBcc: eve@example.com", "Hello\nX: y", "Hello\u0000"})
  void aSubjectCannotAddAHeader(String subject) throws Exception {
    try (MailServer server = MailServer.plain()) {
      assertThat(send(client(server), letter(ADA, subject)).outcome()).isEqualTo(Outcome.REJECTED);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertUnavailable(
        client(port, Encryption.NONE, "", "", LOCALHOST.trusting()), "Connection refused");
  }

  @Test
  void aServerThatDoesNotAnswerCostsTheReadLimit() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SmtpClient client =
          new SmtpClient(
              new SmtpServer("localhost", silent.getLocalPort(), Encryption.NONE, "", ""),
              MailAddress.parse(ADA).orElseThrow(),
              new TimeLimits(
                  Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofSeconds(30)),
              LOCALHOST.trusting());
      assertUnavailable(client, "timed out");
    }
  }

  @Test
  void anAnswerThatIsLostDefersTheMail() throws Exception {
    try (MailServer server = MailServer.plain();
        SmtpConnection connection = client(server).connect()) {
      server.answer(
          (step, address) -> {
            if (step == Step.TEXT) {
              throw new DropConnectionException(421, "closing");
            }
          });
      assertThat(connection.send(to(ADA)).outcome()).isEqualTo(Outcome.DEFERRED);
      assertThat(connection.isUsable()).isFalse();
      assertThat(server.received()).as("the server has the mail").hasSize(1);
    }
  }
}
