package io.boxoffice.gate.code.format;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Checks ticket codes with the shop's public keys, without asking the shop. A genuine code says
 * that the shop issued it: whether the ticket was cancelled or used since, only the shop knows.
 */
public final class TicketVerifier {
  private final IntFunction<Optional<? extends SignatureCheck>> keys;

  /**
   * Uses the given keys.
   *
   * @param keys finds a key by its number
   */
  public TicketVerifier(IntFunction<Optional<? extends SignatureCheck>> keys) {
    this.keys = keys;
  }

  /**
   * Returns a verifier that uses the JDK's Ed25519.
   *
   * @param publicKeys by their numbers; 32 bytes each
   * @throws IllegalArgumentException when one of them is no public key
   */
  public static TicketVerifier of(Map<Integer, byte[]> publicKeys) {
    Map<Integer, SignatureCheck> checks = new HashMap<>();
    publicKeys.forEach((number, key) -> checks.put(number, new JdkSignatureCheck(key)));
    return new TicketVerifier(number -> Optional.ofNullable(checks.get(number)));
  }

  /**
   * Checks any text, or null. It reads {@link TicketCode#LENGTH} characters at most, and throws
   * nothing, unless the look-up of a key does.
   */
  public CodeCheck check(String text) {
    if (text == null || !text.startsWith(TicketCode.PREFIX)) {
      return new CodeCheck.Refused(CodeCheck.Reason.MALFORMED);
    }
    if (text.length() != TicketCode.LENGTH) {
      return new CodeCheck.Refused(
          text.length() < TicketCode.LENGTH
              ? CodeCheck.Reason.TRUNCATED
              : CodeCheck.Reason.MALFORMED);
    }
    return Base45.decode(text.substring(TicketCode.PREFIX.length()))
        .map(this::check)
        .orElse(new CodeCheck.Refused(CodeCheck.Reason.MALFORMED));
  }

  private CodeCheck check(byte[] decoded) {
    ByteBuffer bytes = ByteBuffer.wrap(decoded);
    TicketCode code = TicketCode.read(bytes);
    byte[] signature = new byte[TicketCode.SIGNATURE_LENGTH];
    bytes.get(signature);
    return keys.apply(code.keyNumber())
        .<CodeCheck>map(
            key ->
                key.accepts(code.message(), signature)
                    ? new CodeCheck.Genuine(code)
                    : new CodeCheck.Refused(CodeCheck.Reason.FORGED))
        .orElse(new CodeCheck.Refused(CodeCheck.Reason.UNKNOWN_KEY));
  }
}
