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
 * What a batch is about to write, and the verdicts that are told once it is committed.
 *
 * @param verdicts one for each request, in the same order
 * @param purchases what is sold, with the key of each at the same place in {@code keys}
 * @param keys null where the buyer sent none
 * @param taken how many tickets of each ticket type
 */
record Sale(
    List<Verdict> verdicts, List<Purchase> purchases, List<String> keys, Map<UUID, Integer> taken) {

  /** Makes the purchases that were decided on; ids are drawn for them and for their tickets. */
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

  /** Whether nothing is to be written. */
  boolean isEmpty() {
    return purchases.isEmpty();
  }

  /** Whether everybody gets what he wants, or what a twin of his in the batch gets. */
  boolean isToEverybody() {
    return verdicts.stream()
        .allMatch(
            verdict -> verdict instanceof Verdict.Sold || verdict instanceof Verdict.Replayed);
  }

  UUID[] purchaseIds() {
    return purchases.stream().map(Purchase::id).toArray(UUID[]::new);
  }

  /** The keys of those buyers who sent one. */
  String[] usedKeys() {
    return keys.stream().filter(Objects::nonNull).toArray(String[]::new);
  }

  /** A stock as this sale leaves it. */
  Stock takenFrom(Stock before) {
    return before.without(taken.getOrDefault(before.ticketTypeId(), 0));
  }
}
