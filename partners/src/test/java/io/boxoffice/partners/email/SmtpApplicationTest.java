package io.boxoffice.partners.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.partners.testing.Eventually;
import io.boxoffice.partners.testing.RunningPartner;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** Mails with a real SMTP server. */
class SmtpApplicationTest {
  private static final int NO_SUCH_USER = 550;

  @TempDir private Path directory;

  private final List<String> received = new CopyOnWriteArrayList<>();

  @Test
  void acceptedMailsAreSentAndTheLedgerHasTheirEnds() throws Exception {
    SMTPServer server = server(0);
    server.start();
    try (RunningPartner partner = sending(server.getPortAllocated()).start()) {
      assertThat(post(partner, "one", "ada@example.com")).isEqualTo("QUEUED");
      assertThat(post(partner, "two", "nobody@example.com")).isEqualTo("QUEUED");
      // The SMTP client takes addresses of ASCII characters only.
      assertThat(post(partner, "three", "ada@exämple.com")).isEqualTo("QUEUED");
      Eventually.holds(() -> partner.adminClient().metric("email_mails_queued") == 0);
      assertThat(partner.client().get("/mails").body().path("items"))
          .extracting(mail -> mail.path("state").asText())
          .containsExactly("SENT", "FAILED", "FAILED");
      assertThat(received).hasSize(1);
      assertThat(received.get(0)).contains("Subject: Your tickets", "Hello Ada,\r\nhere they are.");
    } finally {
      server.stop();
    }
  }

  @Test
  void mailsThatNoServerTookAreSentAfterARestart() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RunningPartner partner = sending(port).start()) {
      post(partner, "one", "ada@example.com");
      Eventually.holds(
          () ->
              partner.adminClient().metric("email_attempts_total{outcome=\"unavailable\",}") >= 1);
      assertThat(partner.adminClient().metric("email_mails_queued")).isEqualTo(1);
    }
    SMTPServer server = server(port);
    server.start();
    try (RunningPartner partner = sending(port).start()) {
      Eventually.holds(() -> partner.adminClient().metric("email_mails_queued") == 0);
      assertThat(received).hasSize(1);
    } finally {
      server.stop();
    }
  }

  private SMTPServer server(int port) {
    return SMTPServer.port(port)
        .bindAddress(InetAddress.getLoopbackAddress())
        .messageHandler(
            (context, from, to, data) -> {
              if (to.startsWith("nobody")) {
                throw new RejectException(NO_SUCH_USER, "no such user");
              }
              received.add(new String(data, StandardCharsets.UTF_8));
            })
        .build();
  }

  private RunningPartner sending(int port) {
    return new RunningPartner(directory, new EmailRole())
        .with("email.smtpUrl", "smtp://127.0.0.1:" + port)
        .with("email.from", "tickets@shop.example");
  }

  private static String post(RunningPartner partner, String key, String to) {
    return partner
        .client()
        .call("POST", "/mails", EmailApplicationTest.MAIL.replace("ada@example.com", to), key)
        .text("state");
  }
}
