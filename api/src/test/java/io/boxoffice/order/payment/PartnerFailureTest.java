package io.boxoffice.order.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.Eventually;
import io.boxoffice.testing.TestCertificate;
import io.boxoffice.testing.TestPartner;
import io.boxoffice.testing.TestPartner.Answer;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that a call without a usable answer is unknown, and that only a call which the partner
 * certainly did not receive is unavailable.
 */
class PartnerFailureTest {
  private final TestPartner partner = TestPartner.start();
  private final Partners shop = new Partners(partner.url());

  @AfterEach
  void stop() {
    shop.close();
    partner.close();
  }

  static Stream<Arguments> lostAnswers() {
    return Stream.of(
        Arguments.of("cut after reading", TestPartner.cutAfterReading(), 1),
        Arguments.of("cut before reading", TestPartner.cutBeforeReading(), 0),
        Arguments.of("no HTTP", TestPartner.raw("garbage\r\n\r\n"), 1),
        Arguments.of(
            "a short body",
            TestPartner.raw("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"id\": "),
            1),
        Arguments.of(
            "a huge body",
            TestPartner.status(201, "{\"id\": \"" + "x".repeat(PartnerCalls.MOST_BYTES) + "\"}"),
            1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lostAnswers")
  void aLostAnswerIsUnknownAndNotTriedAgain(String name, Answer answer, int received) {
    partner.answers(answer);

    assertThat(Partners.failureOf(shop.charge())).isInstanceOf(PaymentUnknownException.class);
    assertThat(shop.count("charge", PaymentOutcome.UNKNOWN)).isOne();
    assertThat(partner.received()).hasSize(received);
    assertThat(shop.gauge("payments.in-flight.now")).isZero();
  }

  @Test
  void aHugeBodyIsNamed() {
    partner.answers(TestPartner.status(201, "x".repeat(PartnerCalls.MOST_BYTES + 1)));

    assertThat(Partners.failureOf(shop.charge()))
        .hasMessage("The partner sent more than 65536 bytes.");
  }

  @Test
  void anAnswerAfterTheTimeLimitIsUnknown() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    partner.answers(TestPartner.charged().when(never));
    try (Partners hasty =
        new Partners(
            Partners.settings(partner.url(), Duration.seconds(3), 2000, Partners.TOLERANT))) {
      assertThat(Partners.failureOf(hasty.charge()))
          .isInstanceOf(PaymentUnknownException.class)
          .hasMessage("The partner did not answer within 3000 ms.");
      assertThat(partner.received()).hasSize(1);
      assertThat(hasty.gauge("payments.in-flight.now")).isZero();
    }
  }

  /**
   * The limit of the JDK's request ends with the headers; a call needs one for the whole answer.
   */
  @Test
  void theTimeLimitIncludesTheBody() {
    partner.answers(
        TestPartner.openEnded("HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"id\": "));
    try (Partners hasty =
        new Partners(
            Partners.settings(partner.url(), Duration.seconds(3), 2000, Partners.TOLERANT))) {
      assertThat(Partners.failureOf(hasty.charge()))
          .hasMessage("The partner did not answer within 3000 ms.");
    }
  }

  @Test
  void aClosedPortIsUnavailable() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    try (Partners unreachable = new Partners("http://localhost:" + closed)) {
      assertThat(Partners.failureOf(unreachable.charge()))
          .isInstanceOf(PaymentUnavailableException.class)
          .hasMessage("No connection to the payment partner: ConnectException.");
      assertThat(unreachable.count("charge", PaymentOutcome.NOT_SENT)).isOne();
      assertThat(unreachable.gauge("payments.in-flight.now")).isZero();
    }
  }

  @Test
  void anUnknownHostIsUnavailable() {
    try (Partners lost = new Partners("https://payment.invalid")) {
      assertThat(Partners.failureOf(lost.charge())).isInstanceOf(PaymentUnavailableException.class);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedGetsNoRequest() {
    try (TestPartner impostor = TestPartner.startWithTls(TestCertificate.of("localhost").server());
        Partners careful = new Partners(impostor.url())) {
      assertThat(Partners.failureOf(careful.charge()))
          .isInstanceOf(PaymentUnavailableException.class)
          .hasMessageContaining("SSLHandshakeException");
      assertThat(impostor.received()).isEmpty();
    }
  }

  @Test
  void moreCallsThanMayBeInFlightAreNotSent() {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    partner.answers(TestPartner.charged().when(ready));
    try (Partners narrow =
        new Partners(
            Partners.settings(partner.url(), Duration.seconds(30), 2, Partners.TOLERANT))) {
      CompletableFuture<Charge> first = narrow.charge().toCompletableFuture();
      CompletableFuture<Charge> second = narrow.charge().toCompletableFuture();
      Eventually.within(java.time.Duration.ofSeconds(20), () -> partner.received().size() == 2);
      assertThat(narrow.gauge("payments.in-flight.now")).isEqualTo(2);
      assertThat(narrow.gauge("payments.in-flight.limit")).isEqualTo(2);

      assertThat(Partners.failureOf(narrow.charge()))
          .isInstanceOf(PaymentUnavailableException.class);
      assertThat(narrow.count("charge", PaymentOutcome.FULL)).isOne();
      ready.complete(null);
      assertThat(first.join().status()).isEqualTo(second.join().status());
      assertThat(partner.received()).as("the third was not sent").hasSize(2);

      assertThat(narrow.charge().toCompletableFuture().join().status())
          .as("there is room again")
          .isEqualTo(Charge.Status.SUCCEEDED);
    }
  }
}
