package io.boxoffice.gate.code;

import com.nimbusds.jose.jwk.OctetKeyPair;
import io.boxoffice.gate.code.format.CodeCheck;
import io.boxoffice.gate.code.format.SignatureCheck;
import io.boxoffice.gate.code.format.TicketCode;
import io.boxoffice.gate.code.format.TicketVerifier;
import io.boxoffice.platform.key.RotatingKeys;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs ticket codes and checks them with the shop's keys. BouncyCastle does both in a tenth of the
 * time of JDK 17.
 */
public final class TicketCodes {
  private final RotatingKeys<OctetKeyPair> keys;
  private final TicketVerifier verifier = new TicketVerifier(this::find);

  /** Signs with the given keys. */
  public TicketCodes(RotatingKeys<OctetKeyPair> keys) {
    this.keys = keys;
  }

  /** Returns the code of a ticket; always the same one while one key signs. */
  public String codeOf(UUID ticketId, UUID concertId) {
    OctetKeyPair key = keys.signing();
    TicketCode code = new TicketCode(Integer.parseInt(key.getKeyID()), ticketId, concertId);
    byte[] message = code.message();
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(
        key.getDecodedD(), 0, key.getDecodedX(), 0, message, 0, message.length, signature, 0);
    return code.text(signature);
  }

  /** Checks a code that a gate has read; any text, or null. */
  public CodeCheck check(String text) {
    return verifier.check(text);
  }

  private Optional<SignatureCheck> find(int number) {
    return keys.find(Integer.toString(number)).map(TicketCodes::checkWith);
  }

  private static SignatureCheck checkWith(OctetKeyPair key) {
    byte[] open = key.getDecodedX();
    return (message, signature) ->
        Ed25519.verify(signature, 0, open, 0, message, 0, message.length);
  }
}
