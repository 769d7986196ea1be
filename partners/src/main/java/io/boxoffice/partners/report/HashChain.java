package io.boxoffice.partners.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Chains lines by SHA-256, so that a line cannot be changed, added or removed without changing the
 * last link. Links are hexadecimal text, so that {@code openssl dgst} can compute them too:
 * docs/partners.md shows how.
 */
final class HashChain {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest sha256;
  private final int rounds;
  private final byte[] link = new byte[64];

  /**
   * Begins the chain of a concert.
   *
   * @param rounds how often each hash is computed: a forger of a line has to repeat the work for
   *     all lines after it
   */
  HashChain(UUID concertId, int rounds) {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JDK has it
    }
    this.rounds = rounds;
    toLink(sha256.digest(("boxoffice-report " + concertId).getBytes(StandardCharsets.US_ASCII)));
  }

  /** Adds a line of ASCII characters. */
  void add(String line) {
    sha256.update(link);
    sha256.update((byte) ' ');
    toLink(sha256.digest(line.getBytes(StandardCharsets.US_ASCII)));
    for (int round = 1; round < rounds; round++) {
      toLink(sha256.digest(link));
    }
  }

  private void toLink(byte[] hash) {
    for (int i = 0; i < hash.length; i++) {
      link[2 * i] = DIGITS[(hash[i] >> 4) & 0xf];
      link[2 * i + 1] = DIGITS[hash[i] & 0xf];
    }
  }

  /** Returns the last link: 64 hexadecimal digits. */
  String last() {
    return new String(link, StandardCharsets.US_ASCII);
  }
}
