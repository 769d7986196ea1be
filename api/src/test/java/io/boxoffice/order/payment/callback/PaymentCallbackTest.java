package io.boxoffice.order.payment.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.order.payment.Charge;
import io.boxoffice.order.payment.Charge.Status;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.platform.http.strict.StrictJson;
import io.boxoffice.testing.SignedCallback;
import io.dropwizard.jackson.Jackson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks which callbacks reach the listener, and with what. */
class PaymentCallbackTest {
  private static final UUID ORDER = UUID.fromString("01900000-0000-7000-8000-000000000000");

  private final List<String> heard = new ArrayList<>();
  private final PaymentCallbackResource resource =
      new PaymentCallbackResource(
          Optional.of(new PaymentSignature(SignedCallback.SECRET, Clock.systemUTC())),
          json(),
          new ChargeListener() {
            @Override
            public void charged(Charge charge) {
              heard.add("charged " + charge);
            }

            @Override
            public void refunded(Charge charge) {
              heard.add("refunded " + charge);
            }
          });

  private static ObjectMapper json() {
    ObjectMapper json = Jackson.newObjectMapper();
    StrictJson.applyTo(json);
    return json;
  }

  private static String body(String type, String outcome) {
    return """
    {"type": "%s", "id": "cb_1", "createdAt": "2026-11-29T10:00:00Z", "charge": {"id": "ch_1",
     "reference": "%s", "amount": 6400, "currency": "EUR", %s, "createdAt": "2026-11-29T10:00:00Z"}}"""
        .formatted(type, ORDER, outcome);
  }

  private int receive(String body) throws IOException {
    return resource
        .receive(SignedCallback.now(body)[1], body.getBytes(StandardCharsets.UTF_8))
        .getStatus();
  }

  @Test
  void eachTypeIsPassedOn() throws IOException {
    assertThat(receive(body("charge.succeeded", "\"status\": \"SUCCEEDED\""))).isEqualTo(204);
    assertThat(
            receive(
                body("charge.declined", "\"status\": \"DECLINED\", \"declineReason\": \"stolen\"")))
        .isEqualTo(204);
    assertThat(
            receive(
                body(
                    "charge.refunded",
                    "\"status\": \"SUCCEEDED\", \"refund\": {\"id\": \"re_1\"}")))
        .isEqualTo(204);

    assertThat(heard)
        .containsExactly(
            "charged " + new Charge("ch_1", ORDER, Status.SUCCEEDED, null, false),
            "charged " + new Charge("ch_1", ORDER, Status.DECLINED, "stolen", false),
            "refunded " + new Charge("ch_1", ORDER, Status.SUCCEEDED, null, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          charge.succeeded | "status": "DECLINED"                          | charge
          charge.declined  | "status": "SUCCEEDED"                         | charge
          charge.refunded  | "status": "SUCCEEDED"                         | charge
          charge.refunded  | "status": "DECLINED", "refund": {"id": "r"}   | charge
          charge.succeeded | "status": "PENDING"                           | charge
          charge.succeeded | "state": "SUCCEEDED"                          | charge
          charge.updated   | "status": "SUCCEEDED"                         | type
          """)
  void whatContradictsItselfIsNot(String type, String outcome, String field) {
    assertThatThrownBy(() -> receive(body(type, outcome)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().errors().get(0).field()).isEqualTo(field));
    assertThat(heard).isEmpty();
  }

  /** The body would be a problem of its own; a signature that is not valid is found before. */
  @Test
  void nothingIsParsedBeforeTheSignatureIsVerified() {
    byte[] garbage = "{".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> resource.receive(SignedCallback.now("other")[1], garbage))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.problem().code()).isEqualTo("signature-not-valid"));
    assertThatThrownBy(() -> receive("{")).isInstanceOf(IOException.class);
    assertThat(heard).isEmpty();
  }
}
