package io.boxoffice.gate.code.format;

/** Checks Ed25519 signatures (RFC 8032) with one public key. It never throws. */
@FunctionalInterface
public interface SignatureCheck {

  /**
   * Whether the key has signed the message.
   *
   * @param signature 64 bytes
   */
  boolean accepts(byte[] message, byte[] signature);
}
