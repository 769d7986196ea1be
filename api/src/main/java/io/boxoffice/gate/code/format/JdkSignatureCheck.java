package io.boxoffice.gate.code.format;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Checks signatures by the JDK, from version 15 on. */
public final class JdkSignatureCheck implements SignatureCheck {
  private static final String ALGORITHM = "Ed25519";

  /** The length of a public key, in bytes. */
  private static final int KEY_LENGTH = 32;

  /** What stands before the key in its X.509 form (RFC 8410, section 4). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey key;

  /**
   * Uses a public key.
   *
   * @param publicKey 32 bytes (RFC 8032, section 5.1.5): {@code x} of a JWK without its base64url
   * @throws IllegalArgumentException when it is no public key
   */
  public JdkSignatureCheck(byte[] publicKey) {
    if (publicKey.length != KEY_LENGTH) {
      throw new IllegalArgumentException("A public key has 32 bytes, not " + publicKey.length);
    }
    byte[] encoded = new byte[X509.length + KEY_LENGTH];
    System.arraycopy(X509, 0, encoded, 0, X509.length);
    System.arraycopy(publicKey, 0, encoded, X509.length, KEY_LENGTH);
    try {
      this.key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
      start();
    } catch (GeneralSecurityException noPoint) {
      throw new IllegalArgumentException("These bytes are no public key", noPoint);
    }
  }

  private Signature start() throws GeneralSecurityException {
    Signature check = Signature.getInstance(ALGORITHM);
    check.initVerify(key);
    return check;
  }

  @Override
  public boolean accepts(byte[] message, byte[] signature) {
    // The JDK accepts more bytes after a signature.
    if (signature.length != TicketCode.SIGNATURE_LENGTH) {
      return false;
    }
    try {
      Signature check = start();
      check.update(message);
      return check.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException usedBefore) {
      throw new IllegalStateException(usedBefore);
    }
  }
}
