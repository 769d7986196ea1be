package io.boxoffice.platform.auth;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Recognises a secret text that several callers share. The check takes the same time for every
 * wrong text.
 */
public final class SharedToken {
  private final byte[] expectedDigest;

  /** Recognises the given text; a blank one is no token, and none is recognised. */
  public SharedToken(String token) {
    this.expectedDigest = token.isBlank() ? null : digest(token.strip());
  }

  /** Whether there is a token at all. */
  boolean isSet() {
    return expectedDigest != null;
  }

  /** Whether this is the token; false if none is set. */
  boolean accepts(String token) {
    return expectedDigest != null && MessageDigest.isEqual(digest(token), expectedDigest);
  }

  /**
   * Hashes the token. All digests have the same length, so a comparison reveals nothing about the
   * token's length.
   */
  private static byte[] digest(String token) {
    return Hashing.sha256().hashString(token, StandardCharsets.UTF_8).asBytes();
  }
}
