package io.boxoffice.event.transport;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says which events a consumer receives, and how.
 *
 * @param consumer the name that its subscriptions share: 1 to 40 of a to z, 0 to 9 and hyphens,
 *     beginning with a letter
 * @param types the types of events, such as {@code purchase.made}; at least one
 * @param ordered whether events of one key must be received in their order, one batch at a time
 * @param batchSize the most events of one call of the receiver, 1 to 1,000
 */
public record Subscription(String consumer, Set<String> types, boolean ordered, int batchSize) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final int LARGEST_BATCH = 1_000;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when a value is outside its range
   */
  public Subscription {
    types = Set.copyOf(types);
    if (!NAME.matcher(consumer).matches()) {
      throw new IllegalArgumentException("Not a name of a consumer: " + consumer);
    }
    if (types.isEmpty()) {
      throw new IllegalArgumentException("A subscription needs a type of events");
    }
    if (batchSize < 1 || batchSize > LARGEST_BATCH) {
      throw new IllegalArgumentException("A batch has 1 to 1,000 events");
    }
  }
}
