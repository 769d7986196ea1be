package io.boxoffice.mail;

import static io.boxoffice.testing.TestApplication.operator;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.boxoffice.testing.ApiClient;
import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.MailServer;
import io.boxoffice.testing.MailServer.Received;
import io.boxoffice.testing.MailServer.Step;
import io.boxoffice.testing.Person;
import io.boxoffice.testing.TestApplication;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.RejectException;

/** Tests the way of a mail from a request to an SMTP server. */
class MailDeliveryApplicationTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final MailServer SERVER = MailServer.plain();

  @RegisterExtension
  private static final TestApplication APPLICATION =
      sending(TestApplication.shipped(), SERVER.port());

  private ApiClient api;

  private static TestApplication sending(TestApplication application, int port) {
    return application
        .with("mail.smtpUrl", "smtp://127.0.0.1:" + port)
        .with("mail.from", "tickets@shop.example");
  }

  @BeforeEach
  void connect() {
    api = APPLICATION.client();
    SERVER.answer((step, address) -> {});
  }

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }

  private JsonNode mailTo(String recipient) {
    return Person.newestMail(api, recipient);
  }

  private void awaitState(String recipient, Mail.State state) {
    Eventually.within(
        SOON, () -> mailTo(recipient).path("state").asText().equals(state.toString()));
  }

  private static void makeDue() {
    APPLICATION
        .database()
        .jdbi()
        .useHandle(
            handle -> handle.execute("UPDATE mails SET due_at = now() WHERE due_at IS NOT NULL"));
  }

  @Test
  void aMailIsSentAndOperatorsSeeIt() {
    String ada = "ada@example.com";
    assertThat(api.post("/v1/accounts", Person.email(ada)).status()).isEqualTo(202);
    awaitState(ada, Mail.State.SENT);

    JsonNode mail = mailTo(ada);
    assertThat(mail.path("sentAt").asText())
        .isGreaterThanOrEqualTo(mail.path("createdAt").asText());
    assertThat(mail.has("failure")).isFalse();
    List<Received> received = SERVER.receivedBy(ada);
    assertThat(received).hasSize(1);
    assertThat(received.get(0).text()).contains(Person.newestCode(api, ada));
    assertThat(received.get(0).header("Message-ID"))
        .isEqualTo("<%s@shop.example>".formatted(mail.path("id").asText()));
  }

  @Test
  void aRefusedMailFailsOnceAndTheLogHasNoAddress() {
    Logger logger = (Logger) LoggerFactory.getLogger(MailDelivery.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    SERVER.answer(
        (step, address) -> {
          if (step == Step.RECIPIENT) {
            throw new RejectException(550, "5.1.1 no mailbox " + address);
          }
        });
    try {
      api.post("/v1/accounts", Person.email("nobody@example.com"));
      awaitState("nobody@example.com", Mail.State.FAILED);
    } finally {
      logger.detachAppender(log);
    }
    assertThat(mailTo("nobody@example.com").path("failure").asText())
        .isEqualTo("550 5.1.1 no mailbox nobody@example.com");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .singleElement()
        .asString()
        .contains(mailTo("nobody@example.com").path("id").asText())
        .doesNotContain("@");
  }

  @Test
  void aDeferredMailIsSentLaterWithTheSameMessageId() {
    String grace = "grace@example.com";
    SERVER.answer(
        (step, address) -> {
          if (step == Step.TEXT) {
            throw new RejectException(451, "4.7.1 try again later");
          }
        });
    api.post("/v1/accounts", Person.email(grace));
    Eventually.within(
        SOON, () -> mailTo(grace).path("failure").asText().equals("451 4.7.1 try again later"));
    assertThat(mailTo(grace).path("state").asText()).isEqualTo("QUEUED");

    SERVER.answer((step, address) -> {});
    makeDue();
    awaitState(grace, Mail.State.SENT);
    assertThat(mailTo(grace).has("failure")).isFalse();
    List<Received> attempts = SERVER.receivedBy(grace);
    assertThat(attempts).hasSize(2);
    assertThat(attempts.get(1).header("Message-ID"))
        .isEqualTo(attempts.get(0).header("Message-ID"));
  }

  @Test
  void mailsWaitForAServerThatIsAway() {
    SERVER.stop();
    try {
      for (int i = 0; i < 3; i++) {
        assertThat(
                api.post("/v1/accounts", Person.email("wait-%d@example.com".formatted(i))).status())
            .isEqualTo(202);
      }
      Eventually.within(SOON, () -> scraped("mail_attempts_total{outcome=\"unavailable\",}") >= 2);
      assertThat(mailTo("wait-0@example.com").path("state").asText()).isEqualTo("QUEUED");
      assertThat(mailTo("wait-0@example.com").has("failure")).as("no attempt was made").isFalse();
    } finally {
      SERVER.restart();
    }
    for (int i = 0; i < 3; i++) {
      awaitState("wait-%d@example.com".formatted(i), Mail.State.SENT);
    }
  }

  private double scraped(String series) {
    return APPLICATION
        .adminClient()
        .get("/metrics", operator())
        .raw()
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  @Test
  void aServerThatDoesNotAnswerHoldsNoRequest() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      TestApplication application =
          sending(TestApplication.shipped(), silent.getLocalPort()).start();
      try {
        ApiClient client = application.client();
        client.post("/v1/accounts", Person.email("first@example.com"));
        try (Socket delivery = silent.accept()) { // It gets no answer.
          for (int i = 0; i < 20; i++) {
            assertThat(client.post("/v1/accounts", Person.email("more@example.com")).status())
                .isEqualTo(202);
          }
        }
      } finally {
        application.stop();
      }
    }
  }

  @Test
  void aCodeIsNotSentAfterItHasExpired() throws Exception {
    try (MailServer server = MailServer.plain()) {
      server.stop();
      TestApplication application =
          sending(TestApplication.shipped(), server.port())
              .with("accounts.codeLifetime", "1s")
              .start();
      try {
        ApiClient client = application.client();
        client.post("/v1/accounts", Person.email("late@example.com"));
        Eventually.within(
            SOON,
            () ->
                Person.newestMail(client, "late@example.com")
                    .path("failure")
                    .asText()
                    .equals("given up: no server accepted it in time"));
        server.restart();
        application
            .database()
            .jdbi()
            .useHandle(
                handle ->
                    handle.execute(
                        "INSERT INTO mails (id, recipient, kind, subject, body, created_at, state,"
                            + " due_at) VALUES (gen_random_uuid(), 'next@example.com', 'test', 's',"
                            + " 'b', now(), 'QUEUED', now())"));
        Eventually.within(SOON, () -> server.receivedBy("next@example.com").size() == 1);
        assertThat(server.receivedBy("late@example.com")).isEmpty();
      } finally {
        application.stop();
      }
    }
  }
}
