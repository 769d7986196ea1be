package io.boxoffice.account.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.boxoffice.platform.key.KeyKind;
import io.boxoffice.platform.key.KeyNumbers;
import io.boxoffice.platform.key.RotatingKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Says what the keys are that sign access tokens. */
public final class SigningKeys {
  /** How long a key is published before it signs; longer than any cache and poll together. */
  static final Duration LEAD = Duration.ofMinutes(10);

  private static final int RSA_BITS = 3072;

  private SigningKeys() {}

  /**
   * Returns the keys in the given database.
   *
   * @param rotation how long a key signs
   * @param tokenLifetime how long a token may be accepted after it was signed
   */
  public static RotatingKeys<RSAKey> in(
      Jdbi jdbi, Clock clock, Duration rotation, Duration tokenLifetime) {
    return new RotatingKeys<>(
        jdbi,
        clock,
        new KeyKind<>(
            "signing_keys",
            KeyNumbers.ALL,
            number -> generate(),
            RSAKey::parse,
            rotation,
            LEAD,
            tokenLifetime));
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(RSA_BITS)
          .keyID(UUID.randomUUID().toString())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .generate();
    } catch (JOSEException everyJdkHasRsa) {
      throw new IllegalStateException(everyJdkHasRsa);
    }
  }
}
