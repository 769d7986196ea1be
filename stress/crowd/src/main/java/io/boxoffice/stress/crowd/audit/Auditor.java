package io.boxoffice.stress.crowd.audit;

import io.boxoffice.stress.crowd.exit.StressException;
import io.boxoffice.stress.crowd.record.Attempt;
import io.boxoffice.stress.crowd.record.Looks.Look;
import io.boxoffice.stress.crowd.shop.Receipt;
import io.boxoffice.stress.crowd.shop.Shop;
import io.boxoffice.stress.crowd.shop.Stock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the records of the shop after a run, and audits them. */
public final class Auditor {
  private static final int MOST_RECEIPTS_ONE_BY_ONE = 2_000;

  private final Shop shop;

  /** Audits the given shop. */
  public Auditor(Shop shop) {
    this.shop = shop;
  }

  /**
   * Audits a run.
   *
   * @param looks what visitors saw of the concerts
   * @param concerts those that the run made; empty when it bought from others'
   * @throws StressException when the records of the shop cannot be read
   */
  public Findings audit(
      Collection<Attempt> attempts, Collection<Look> looks, Collection<String> concerts) {
    return Readings.untilClean(
        () -> concerts.isEmpty() ? each(attempts) : all(attempts, looks, concerts));
  }

  private Findings all(
      Collection<Attempt> attempts, Collection<Look> looks, Collection<String> concerts) {
    List<Receipt> receipts = new ArrayList<>();
    List<Stock> stocks = new ArrayList<>();
    for (String concert : concerts) {
      receipts.addAll(shop.purchases(concert));
      stocks.addAll(shop.stock(concert));
    }
    return Audit.all(attempts, looks, receipts, stocks);
  }

  private Findings each(Collection<Attempt> attempts) {
    Set<String> concerts = new LinkedHashSet<>();
    List<String> ids = new ArrayList<>();
    for (Attempt attempt : attempts) {
      concerts.add(attempt.offer().concertId());
      ids.addAll(attempt.purchaseIds());
    }
    // A sample at equal distances, if there are too many to read each.
    int step = ids.size() / MOST_RECEIPTS_ONE_BY_ONE + 1;
    Set<String> lookedFor = new LinkedHashSet<>();
    Map<String, Receipt> receipts = new HashMap<>();
    for (int index = 0; index < ids.size(); index += step) {
      String id = ids.get(index);
      lookedFor.add(id);
      shop.purchase(id).ifPresent(receipt -> receipts.put(id, receipt));
    }
    List<Stock> stocks = new ArrayList<>();
    concerts.forEach(concert -> stocks.addAll(shop.stock(concert)));
    return Audit.each(attempts, receipts, lookedFor, stocks);
  }
}
