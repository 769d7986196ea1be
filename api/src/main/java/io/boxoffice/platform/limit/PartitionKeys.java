package io.boxoffice.platform.limit;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Hides addresses and accounts from those who read the counts: a keyed hash, because all addresses
 * of the Internet can be tried with one that has no key. All replicas have the same key.
 */
public final class PartitionKeys {
  private static final int KEY_BYTES = 32;

  private final HashFunction hash;

  private PartitionKeys(byte[] key) {
    this.hash = Hashing.hmacSha256(key);
  }

  /**
   * Derives the key from a secret of the shop.
   *
   * @param secret if it is blank, the key is random: only a shop with one replica has no secret
   */
  public static PartitionKeys of(String secret, SecureRandom random) {
    if (!secret.isBlank()) {
      return new PartitionKeys(("rate-limit\n" + secret).getBytes(StandardCharsets.UTF_8));
    }
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return new PartitionKeys(key);
  }

  /**
   * Returns the key of a partition: the first 128 bits of the hash.
   *
   * @param rule keeps the partitions of one policy or delay apart from those of others
   */
  UUID key(String rule, String partition) {
    ByteBuffer bytes =
        ByteBuffer.wrap(hash.hashString(rule + '\n' + partition, StandardCharsets.UTF_8).asBytes());
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
