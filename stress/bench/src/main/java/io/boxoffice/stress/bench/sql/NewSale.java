package io.boxoffice.stress.bench.sql;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The values that a purchase of one ticket writes: ids of version 7 like the service's, a buyer, a
 * key.
 */
record NewSale(UUID purchaseId, UUID ticketId, String email, String key) {

  static NewSale next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new NewSale(
        id(random),
        id(random),
        "buyer-%016d@example.com".formatted(random.nextLong(Long.MAX_VALUE) >>> 10),
        new UUID(random.nextLong(), random.nextLong()).toString());
  }

  private static UUID id(ThreadLocalRandom random) {
    long time = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(1 << 12);
    return new UUID(time, random.nextLong() >>> 2 | Long.MIN_VALUE);
  }
}
