package io.boxoffice.purchase;

import io.boxoffice.concert.Price;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Holds what a batch will write, and the verdicts to send after its commit.
 *
 * @param verdicts one for each request, in the same order
 * @param purchases the purchases to write; the key of each is at the same position in {@code keys}
 * @param keys null at the position of a purchase without a key
 * @param taken how many tickets the batch sells of each ticket type, by its id
 */
record Sale(
    List<Verdict> verdicts, List<Purchase> purchases, List<String> keys, Map<UUID, Integer> taken) {

  /** Makes the purchases of the given decisions, with new ids for them and for their tickets. */
  static Sale of(
      List<Allocation.Decision> decisions,
      Map<UUID, Stock> stocks,
      Instant now,
      Supplier<UUID> ids) {
    Instant soldAt = now.truncatedTo(ChronoUnit.MICROS);
    Sale sale =
        new Sale(
            new ArrayList<>(decisions.size()),
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>());
    for (Allocation.Decision decision : decisions) {
      if (decision instanceof Allocation.Sell sell) {
        PurchaseRequest request = sell.request();
        Purchase purchase = confirm(stocks.get(request.ticketTypeId()), request, soldAt, ids);
        sale.purchases.add(purchase);
        sale.keys.add(request.key() == null ? null : request.key().value());
        sale.taken.merge(request.ticketTypeId(), request.quantity(), Integer::sum);
        sale.verdicts.add(new Verdict.Sold(purchase));
      } else if (decision instanceof Allocation.SameAs same) {
        Verdict.Sold first = (Verdict.Sold) sale.verdicts.get(same.index());
        sale.verdicts.add(new Verdict.Replayed(first.purchase()));
      } else {
        sale.verdicts.add(((Allocation.Settled) decision).verdict());
      }
    }
    return sale;
  }

  private static Purchase confirm(
      Stock stock, PurchaseRequest request, Instant soldAt, Supplier<UUID> ids) {
    return new Purchase(
        ids.get(),
        stock.concertId(),
        stock.ticketTypeId(),
        request.email(),
        request.quantity(),
        new Price(stock.priceAmount(), stock.priceCurrency()).times(request.quantity()),
        Purchase.Status.CONFIRMED,
        Stream.generate(ids).limit(request.quantity()).sorted().toList(),
        soldAt,
        null);
  }

  /** Whether the batch writes nothing. */
  boolean isEmpty() {
    return purchases.isEmpty();
  }

  /**
   * Whether every request gets tickets. A duplicate key in the same batch gets the first result.
   */
  boolean isToEverybody() {
    return verdicts.stream()
        .allMatch(
            verdict -> verdict instanceof Verdict.Sold || verdict instanceof Verdict.Replayed);
  }

  UUID[] purchaseIds() {
    return purchases.stream().map(Purchase::id).toArray(UUID[]::new);
  }

  /** Returns the keys of the purchases that have one. */
  String[] usedKeys() {
    return keys.stream().filter(Objects::nonNull).toArray(String[]::new);
  }

  /** Returns a stock as this sale leaves it. */
  Stock takenFrom(Stock before) {
    return before.without(taken.getOrDefault(before.ticketTypeId(), 0));
  }
}
