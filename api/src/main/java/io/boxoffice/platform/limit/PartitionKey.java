package io.boxoffice.platform.limit;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Names a partition in the database without its address or account: the first 128 bits of a hash.
 */
final class PartitionKey {
  private PartitionKey() {}

  /**
   * The key of a partition.
   *
   * @param rule keeps the partitions of one policy or delay apart from those of others
   */
  static UUID of(String rule, String partition) {
    ByteBuffer hash =
        ByteBuffer.wrap(
            Hashing.sha256().hashString(rule + '\n' + partition, StandardCharsets.UTF_8).asBytes());
    return new UUID(hash.getLong(), hash.getLong());
  }
}
