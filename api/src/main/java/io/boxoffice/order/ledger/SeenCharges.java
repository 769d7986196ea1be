package io.boxoffice.order.ledger;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.util.Arrays;

/**
 * Remembers which charges are in the ledger, in 8 bytes each, because a full comparison reads up to
 * a million. Two charges of a million have the same 64-bit hash with a probability of 3 in 100
 * million.
 */
final class SeenCharges {
  private static final HashFunction HASH = Hashing.sipHash24();
  private static final int FIRST_SIZE = 1024;

  private long[] hashes = new long[FIRST_SIZE];
  private int count;
  private boolean sorted;

  void add(String chargeId) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    hashes[count++] = hash(chargeId);
    sorted = false;
  }

  /**
   * Whether the charge was added. Ask after the last addition, because the first question sorts.
   */
  boolean contains(String chargeId) {
    if (!sorted) {
      Arrays.sort(hashes, 0, count);
      sorted = true;
    }
    return chargeId != null && Arrays.binarySearch(hashes, 0, count, hash(chargeId)) >= 0;
  }

  private static long hash(String chargeId) {
    return HASH.hashUnencodedChars(chargeId).asLong();
  }
}
