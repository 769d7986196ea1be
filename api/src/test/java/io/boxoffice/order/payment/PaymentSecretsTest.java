package io.boxoffice.order.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.boxoffice.testing.TestPartner;
import io.boxoffice.testing.TestPartner.Answer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Checks that neither a token nor a secret gets into logs and exceptions, however a call ends. */
class PaymentSecretsTest {
  private static final String BUYERS_TOKEN = "tok_of_the_buyer";

  /** The shop and its libraries; not the partner of the test, which may log what it gets. */
  private final List<Logger> loggers =
      Stream.of("io.boxoffice", "io.github.resilience4j", "jdk")
          .map(name -> (Logger) LoggerFactory.getLogger(name))
          .toList();

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void collect() {
    lines.start();
    loggers.forEach(logger -> logger.setLevel(Level.TRACE));
    loggers.forEach(logger -> logger.addAppender(lines));
  }

  @AfterEach
  void restore() {
    loggers.forEach(logger -> logger.detachAppender(lines));
    loggers.forEach(logger -> logger.setLevel(null));
  }

  @Test
  void noEndOfACallShowsASecret() {
    String echo = "{\"code\": \"%s\", \"detail\": \"%1$s\"}".formatted(BUYERS_TOKEN);
    List<Answer> ends =
        List.of(
            TestPartner.status(201, echo),
            TestPartner.status(422, echo),
            TestPartner.status(
                422, "{\"code\": \"unknown-token\", \"detail\": \"" + BUYERS_TOKEN + "\"}"),
            TestPartner.status(500, echo),
            TestPartner.status(201, BUYERS_TOKEN),
            TestPartner.raw(BUYERS_TOKEN + "\r\n\r\n"),
            TestPartner.cutAfterReading());
    try (TestPartner partner = TestPartner.start();
        Partners shop = new Partners(partner.url())) {
      for (Answer end : ends) {
        partner.answers(end);
        assertShowsNone(
            Partners.failureOf(
                shop.client()
                    .charge(new ChargeRequest(UUID.randomUUID(), 1, "EUR", BUYERS_TOKEN))));
      }
      assertThat(partner.received()).hasSize(ends.size());
    }
    assertThat(lines.list).as("what was logged").isNotEmpty();
    for (ILoggingEvent line : List.copyOf(lines.list)) {
      assertThat(line.getFormattedMessage() + ThrowableProxyUtil.asString(line.getThrowableProxy()))
          .doesNotContain(BUYERS_TOKEN, Partners.TOKEN, Partners.SECRET);
    }
  }

  private static void assertShowsNone(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(BUYERS_TOKEN, Partners.TOKEN, Partners.SECRET);
    }
  }
}
