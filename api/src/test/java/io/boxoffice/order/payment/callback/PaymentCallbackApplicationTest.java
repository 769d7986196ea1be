package io.boxoffice.order.payment.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.ApiClient.Answer;
import io.boxoffice.testing.SignedCallback;
import io.boxoffice.testing.TestApplication;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the answers to callbacks over HTTP. */
class PaymentCallbackApplicationTest {
  private static final String PATH = "/v1/partner-callbacks/payment";

  private static final String BODY =
      """
      {"type": "charge.succeeded", "charge": {"id": "ch_1", "reference":
       "01900000-0000-7000-8000-000000000000", "amount": 1, "currency": "EUR", "status": "SUCCEEDED"}}""";

  @RegisterExtension private static final TestApplication APPLICATION = TestApplication.shipped();

  @RegisterExtension
  private static final TestApplication WITHOUT_SECRET =
      TestApplication.shipped().with("payment.callbackSecret", "");

  private static Answer receive(String body, String... headers) {
    return APPLICATION.client().post(PATH, body, headers);
  }

  @Test
  void aChargeOfAnUnknownOrderIsNotFound() {
    Answer answer = receive(BODY, SignedCallback.now(BODY));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("code")).isEqualTo("not-found");
  }

  @Test
  void aCallbackWithoutAValidSignatureIsUnauthorized() {
    String[] valid = SignedCallback.now(BODY);
    long old = System.currentTimeMillis() / 1000 - 400;
    byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);

    assertUnauthorized(receive(BODY));
    assertUnauthorized(receive(BODY + " ", valid));
    assertUnauthorized(receive("{", valid));
    assertUnauthorized(
        receive(BODY, valid[0], SignedCallback.header(SignedCallback.SECRET, old, bytes)));
    assertUnauthorized(receive(BODY, TestApplication.operator()));
  }

  private static void assertUnauthorized(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("code")).isEqualTo("signature-not-valid");
    assertThat(answer.raw().body()).doesNotContain(SignedCallback.SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "{\"type\": \"charge.succeeded\"}", "{\"type\": 1}"})
  void aSignedBodyOfAnotherFormIsNotValid(String body) {
    assertThat(receive(body, SignedCallback.now(body)).text("code")).isEqualTo("validation-failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "text"})
  void aSignedBodyThatIsNoJsonIsMalformed(String body) {
    assertThat(receive(body, SignedCallback.now(body)).text("code")).isEqualTo("malformed-json");
  }

  @Test
  void aHugeCallbackIsTooLarge() {
    String huge = "x".repeat(64 * 1024 + 1);

    assertThat(receive(huge, SignedCallback.now(huge)).status()).isEqualTo(413);
  }

  @Test
  void withoutASecretCallbacksAreRefused() {
    Answer answer = WITHOUT_SECRET.client().post(PATH, BODY, SignedCallback.now(BODY));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("payment-unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("60");
  }
}
