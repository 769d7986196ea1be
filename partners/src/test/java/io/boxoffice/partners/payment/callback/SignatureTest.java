package io.boxoffice.partners.payment.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.9Z");
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  /**
   * The expected value is from: printf '%s' '1767225600.{"a":1}' | openssl dgst -sha256 -hmac ...
   */
  @Test
  void isWhatOpensslComputes() {
    assertThat(new Signature("0123456789abcdef").of(TIME, BODY))
        .isEqualTo(
            "t=1767225600,v1=539b0e21b535c5201ef7d1453c0a0de4ad132293226de9018be0cfbf0092faa6");
  }

  @Test
  void dependsOnTheTimeTheBodyAndTheSecret() {
    String signature = new Signature("0123456789abcdef").of(TIME, BODY);
    assertThat(new Signature("0123456789abcdef").of(TIME.plusSeconds(1), BODY))
        .isNotEqualTo(signature);
    assertThat(new Signature("0123456789abcdef").of(TIME, new byte[0])).isNotEqualTo(signature);
    assertThat(new Signature("0123456789abcdeg").of(TIME, BODY)).isNotEqualTo(signature);
  }
}
