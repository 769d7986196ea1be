package io.boxoffice.purchase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides which requests of a batch get tickets. This class has no side effects, so a test can
 * check every rule without a database.
 *
 * <p>It decides the requests in the order of their arrival, as if each were alone. A request for
 * more tickets than are left is rejected; a smaller request after it may still get tickets.
 */
public final class Allocation {

  /** The decision on one request. */
  public sealed interface Decision {}

  /** The request gets its tickets. */
  public record Sell(PurchaseRequest request) implements Decision {}

  /**
   * The request repeats an earlier one of this batch under the same key, and gets the same result.
   *
   * @param index the position of the earlier request in the batch
   */
  public record SameAs(int index) implements Decision {}

  /** The request has a verdict already; the database need not write anything for it. */
  public record Settled(Verdict verdict) implements Decision {}

  private Allocation() {}

  /**
   * Decides a batch.
   *
   * @param stocks the ticket types of these requests, by id; a missing one does not exist
   * @param requests in the order of their arrival
   * @param earlier existing purchases under the keys of these requests, by key
   * @return a decision for each request, in the same order
   */
  public static List<Decision> decide(
      Map<UUID, Stock> stocks, List<PurchaseRequest> requests, Map<String, PurchaseRow> earlier) {
    List<Decision> decisions = new ArrayList<>(requests.size());
    Map<String, Integer> soldInBatch = new HashMap<>();
    Map<UUID, Integer> taken = new HashMap<>();
    for (PurchaseRequest request : requests) {
      UUID type = request.ticketTypeId();
      Stock stock = stocks.get(type);
      int available = stock == null ? 0 : stock.available() - taken.getOrDefault(type, 0);
      Decision decision = decide(stock, available, request, requests, soldInBatch, earlier);
      if (decision instanceof Sell) {
        taken.merge(type, request.quantity(), Integer::sum);
        if (request.key() != null) {
          soldInBatch.put(request.key().value(), decisions.size());
        }
      }
      decisions.add(decision);
    }
    return decisions;
  }

  /**
   * Returns why a request must be rejected, or empty when it may be sold. The key does not matter
   * here.
   *
   * @param available how many tickets are left for this request; earlier requests of the batch may
   *     have taken some of the stock
   */
  public static Optional<Verdict.Refused> refusal(
      Stock stock, int available, PurchaseRequest request) {
    if (request.arrivedAt().isBefore(stock.salesOpenAt())) {
      return Optional.of(new Verdict.SalesNotOpen(stock.salesOpenAt()));
    }
    if (!request.arrivedAt().isBefore(stock.salesCloseAt())) {
      return Optional.of(new Verdict.SalesClosed(stock.salesCloseAt()));
    }
    if (request.quantity() > stock.maxPerPurchase()) {
      return Optional.of(new Verdict.TooMany(stock.maxPerPurchase()));
    }
    if (request.quantity() > available) {
      return Optional.of(new Verdict.SoldOut(available));
    }
    return Optional.empty();
  }

  private static Decision decide(
      Stock stock,
      int available,
      PurchaseRequest request,
      List<PurchaseRequest> requests,
      Map<String, Integer> soldInBatch,
      Map<String, PurchaseRow> earlier) {
    if (request.key() != null) {
      PurchaseRow existing = earlier.get(request.key().value());
      if (existing != null) {
        return new Settled(
            existing.answers(request)
                ? new Verdict.Replayed(existing.toPurchase())
                : new Verdict.KeyReused());
      }
      Integer indexInBatch = soldInBatch.get(request.key().value());
      if (indexInBatch != null) {
        return requests.get(indexInBatch).asksTheSameAs(request)
            ? new SameAs(indexInBatch)
            : new Settled(new Verdict.KeyReused());
      }
    }
    if (stock == null) {
      return new Settled(new Verdict.UnknownConcert()); // An operator deleted the concert.
    }
    return refusal(stock, available, request)
        .<Decision>map(Settled::new)
        .orElseGet(() -> new Sell(request));
  }
}
