package io.boxoffice.stress.crowd.record;

import java.util.ArrayList;
import java.util.List;

/**
 * What visitors saw of the tickets that are left. A long run has more looks than it has memory for,
 * so only the first ones are kept; leaving the others out makes no contradiction.
 */
public final class Looks {
  private static final int MOST = 200_000;

  private final List<Look> looks = new ArrayList<>();

  /**
   * One ticket type in an answer.
   *
   * @param sent when the request was sent, as {@link System#nanoTime}
   * @param ended when the answer was there
   */
  public record Look(long sent, long ended, String ticketTypeId, long available) {}

  /** Records an answer. */
  public synchronized void saw(
      Exchange exchange, List<String> ticketTypeIds, List<Long> available) {
    for (int index = 0; index < Math.min(ticketTypeIds.size(), available.size()); index++) {
      if (looks.size() < MOST) {
        looks.add(
            new Look(
                exchange.sent(), exchange.ended(), ticketTypeIds.get(index), available.get(index)));
      }
    }
  }

  /** Those that were kept. */
  public synchronized List<Look> all() {
    return List.copyOf(looks);
  }
}
