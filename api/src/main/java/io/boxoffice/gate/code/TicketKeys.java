package io.boxoffice.gate.code;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import io.boxoffice.platform.key.KeyKind;
import io.boxoffice.platform.key.KeyNumbers;
import io.boxoffice.platform.key.RotatingKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jdbi.v3.core.Jdbi;

/** Says what the keys are that sign ticket codes: Ed25519 as JWK (RFC 8037). */
final class TicketKeys {
  /**
   * How long a key is published before it signs. A gate that has read the keys within this time
   * knows the key of every code, also if it has no network since.
   */
  static final Duration LEAD = Duration.ofDays(1);

  private TicketKeys() {}

  /**
   * Returns the keys in the given database.
   *
   * @param numbers of the keys that this site creates
   */
  static RotatingKeys<OctetKeyPair> in(
      Jdbi jdbi, Clock clock, SecureRandom random, KeyNumbers numbers, TicketKeySettings settings) {
    return new RotatingKeys<>(
        jdbi,
        clock,
        new KeyKind<>(
            "ticket_keys",
            numbers,
            number -> generate(number, random),
            OctetKeyPair::parse,
            settings.lifetime().toJavaDuration(),
            LEAD,
            settings.kept().toJavaDuration()));
  }

  private static OctetKeyPair generate(int number, SecureRandom random) {
    byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
    byte[] open = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePrivateKey(random, secret);
    Ed25519.generatePublicKey(secret, 0, open, 0);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(open))
        .d(Base64URL.encode(secret))
        .keyID(Integer.toString(number))
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.EdDSA)
        .build();
  }
}
