package io.boxoffice.purchase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides a batch of requests, and does nothing else.
 *
 * <p>Requests are decided in the order of their arrival, as if each had come alone: one that asks
 * for more than is left is refused, while a smaller one behind it still fits.
 */
public final class Allocation {

  /** What becomes of one request. */
  public sealed interface Decision {}

  /** It is to be sold. */
  public record Sell(PurchaseRequest request) implements Decision {}

  /** It is the same as one that this batch sells: the place of that one in the batch. */
  public record SameAs(int index) implements Decision {}

  /** Nothing is to be written for it. */
  public record Settled(Verdict verdict) implements Decision {}

  private Allocation() {}

  /**
   * Decides a batch.
   *
   * @param stocks the ticket types of these requests, by id; one that is missing does not exist
   * @param requests in the order of their arrival
   * @param earlier the purchases that were made under these requests' keys before, by key
   * @return a decision for each request, in the same order
   */
  public static List<Decision> decide(
      Map<UUID, Stock> stocks, List<PurchaseRequest> requests, Map<String, PurchaseRow> earlier) {
    List<Decision> decisions = new ArrayList<>(requests.size());
    Map<String, Integer> soldHere = new HashMap<>();
    Map<UUID, Integer> taken = new HashMap<>();
    for (PurchaseRequest request : requests) {
      UUID type = request.ticketTypeId();
      Stock stock = stocks.get(type);
      int available = stock == null ? 0 : stock.available() - taken.getOrDefault(type, 0);
      Decision decision = decide(stock, available, request, requests, soldHere, earlier);
      if (decision instanceof Sell) {
        taken.merge(type, request.quantity(), Integer::sum);
        if (request.key() != null) {
          soldHere.put(request.key().value(), decisions.size());
        }
      }
      decisions.add(decision);
    }
    return decisions;
  }

  /**
   * Why a request for a ticket type must be refused whatever its key, or empty when it may be sold.
   *
   * @param available what is left for this request, which may be less than the stock's
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
      Map<String, Integer> soldHere,
      Map<String, PurchaseRow> earlier) {
    if (request.key() != null) {
      PurchaseRow before = earlier.get(request.key().value());
      if (before != null) {
        return new Settled(
            before.answers(request)
                ? new Verdict.Replayed(before.toPurchase())
                : new Verdict.KeyReused());
      }
      Integer here = soldHere.get(request.key().value());
      if (here != null) {
        return requests.get(here).asksTheSameAs(request)
            ? new SameAs(here)
            : new Settled(new Verdict.KeyReused());
      }
    }
    if (stock == null) {
      return new Settled(new Verdict.UnknownConcert()); // deleted while the request waited
    }
    return refusal(stock, available, request)
        .<Decision>map(Settled::new)
        .orElseGet(() -> new Sell(request));
  }
}
