package io.boxoffice.order.payment.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.testing.SignedCallback;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentSignatureTest {
  private static final String SECRET = "callback-secret-1";
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final byte[] BODY = "{\"type\": \"ü\"}".getBytes(StandardCharsets.UTF_8);

  private final PaymentSignature signature = verifying(SECRET);

  private static PaymentSignature verifying(String secret) {
    return new PaymentSignature(secret, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static String at(long seconds) {
    return SignedCallback.header(SECRET, seconds, BODY);
  }

  /** openssl dgst -sha256 -hmac callback-secret-1, of "1000.body". */
  @Test
  void theSignatureIsAsAnotherProgramComputesIt() {
    assertThat(SignedCallback.header(SECRET, 1000, "body".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("t=1000,v1=dca40bb1f44e542e31b91eea24d2ce56d793983792ee4891b199739b8c3c8af3");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 300, -300})
  void aSignatureWithinFiveMinutesIsValid(long age) {
    assertThat(signature.isValid(at(NOW.getEpochSecond() - age), BODY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {301, -301, 1_764_000_000, -900_000_000_000L})
  void anOlderOrNewerOneIsNot(long age) {
    assertThat(signature.isValid(at(NOW.getEpochSecond() - age), BODY)).isFalse();
  }

  @Test
  void oneOfSeveralSignaturesIsEnough() {
    long now = NOW.getEpochSecond();
    String other = SignedCallback.header("another-secret-of-it", now, BODY);
    String otherSignature = other.substring(other.indexOf(",v1="));

    assertThat(signature.isValid(other, BODY)).isFalse();
    assertThat(signature.isValid(other + at(now).substring(at(now).indexOf(",v1=")), BODY))
        .isTrue();
    assertThat(signature.isValid(at(now) + otherSignature, BODY)).isTrue();
    assertThat(signature.isValid(at(now) + otherSignature.repeat(3), BODY)).isTrue();
    assertThat(signature.isValid(at(now) + otherSignature.repeat(4), BODY))
        .as("a header with more than four is too long")
        .isFalse();
  }

  static Stream<String> badForms() {
    String valid = at(NOW.getEpochSecond());
    return Stream.of(
        null,
        "",
        "t=1",
        valid + ",",
        valid + " ",
        " " + valid,
        valid.substring(0, valid.length() - 1),
        valid + "0",
        valid.replace("v1=", "v0="),
        valid.replace("v1=", "V1="),
        valid.replace("t=", "t=+"),
        valid.replace("t=", "t=-"),
        valid.replace("t=", "t=0000000000"),
        valid.replace("t=", ""),
        valid.replace(",", ", "),
        valid.replace(",", ";"),
        valid.substring(valid.indexOf("v1=")),
        valid.substring(valid.indexOf("v1=")) + valid.substring(0, valid.indexOf(",")),
        valid.replace("v1=", "v1=z").substring(0, valid.length()),
        valid.replaceFirst("t=\\d", "t=\u0661"),
        "t=" + "9".repeat(40) + valid.substring(valid.indexOf(",")),
        "x".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("badForms")
  void aHeaderOfAnotherFormIsNotValid(String header) {
    assertThat(signature.isValid(header, BODY)).isFalse();
  }

  @Test
  void everyChangeOfTheBodyOrTheTimeIsFound() {
    long now = NOW.getEpochSecond();
    for (int i = 0; i < BODY.length; i++) {
      byte[] changed = BODY.clone();
      changed[i] ^= 1;
      assertThat(signature.isValid(at(now), changed)).isFalse();
    }
    assertThat(signature.isValid(at(now), new byte[0])).isFalse();
    assertThat(signature.isValid(at(now).replace("t=" + now, "t=" + (now + 1)), BODY)).isFalse();
    assertThat(verifying(SECRET + "2").isValid(at(now), BODY)).isFalse();
  }
}
