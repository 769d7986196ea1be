package io.boxoffice.purchase.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Makes the batches of the tests of this package, and decides them. */
final class Batches {
  static final Instant OPEN = Instant.parse("2030-01-01T10:00:00Z");
  static final Instant CLOSE = Instant.parse("2030-01-02T10:00:00Z");
  static final UUID CONCERT = new UUID(1, 1);
  static final UUID TYPE = new UUID(2, 2);
  static final UUID OTHER_TYPE = new UUID(2, 3);
  static final Duration HOLD = Duration.ofMinutes(10);

  private Batches() {}

  static List<String> decide(Stock stock, PurchaseRequest... requests) {
    return decide(Map.of(stock.ticketTypeId(), stock), List.of(requests), Map.of());
  }

  /** Decides a batch, checks that the sale agrees with its verdicts, and describes these. */
  static List<String> decide(
      Map<UUID, Stock> stocks, List<PurchaseRequest> requests, Map<String, Purchase> earlier) {
    AtomicLong ids = new AtomicLong();
    Sale sale =
        Allocation.decide(
            stocks,
            requests,
            new Earlier(
                earlier.entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            entry -> new ConcertKey(CONCERT, entry.getKey()), Map.Entry::getValue)),
                Map.of()),
            OPEN,
            () -> new UUID(9, ids.incrementAndGet()));
    List<Purchase> sold =
        sale.verdicts().stream()
            .filter(Verdict.Sold.class::isInstance)
            .map(verdict -> ((Verdict.Sold) verdict).purchase())
            .toList();
    assertThat(sale.purchases().rows()).isEqualTo(sold);
    assertThat(sale.purchases().keys()).hasSameSizeAs(sold);
    stocks.values().forEach(stock -> assertThat(sale.left(stock)).isNotNegative());
    return sale.verdicts().stream().map(verdict -> describe(verdict, sale)).toList();
  }

  private static String describe(Verdict verdict, Sale sale) {
    if (verdict instanceof Verdict.Sold) {
      return "sell";
    }
    if (verdict instanceof Verdict.Held) {
      return "hold";
    }
    if (verdict instanceof Verdict.Replayed replayed) {
      int first = sale.verdicts().indexOf(new Verdict.Sold(replayed.purchase()));
      return first < 0 ? "replayed" : "same as " + first;
    }
    if (verdict instanceof Verdict.HeldBefore again) {
      return "same as " + sale.verdicts().indexOf(new Verdict.Held(again.hold()));
    }
    if (verdict instanceof Verdict.SoldOut soldOut) {
      return "sold-out " + soldOut.available();
    }
    return Map.<Class<?>, String>of(
            Verdict.KeyReused.class, "key reused",
            Verdict.SalesNotOpen.class, "not open",
            Verdict.SalesClosed.class, "closed",
            Verdict.TooMany.class, "too many",
            Verdict.UnknownConcert.class, "unknown concert")
        .get(verdict.getClass());
  }

  static Stock stock(int available) {
    return stock(TYPE, available);
  }

  static Stock stock(UUID type, int available) {
    return new Stock(type, CONCERT, available, 4, OPEN, CLOSE, 4500, "EUR", null, 1, true);
  }

  static PurchaseRequest withoutKey(int quantity, Instant at) {
    return request(TYPE, null, quantity, at);
  }

  static PurchaseRequest withKey(String key, int quantity) {
    return request(TYPE, key, quantity, OPEN);
  }

  static PurchaseRequest request(UUID type, String key, int quantity, Instant at) {
    return new PurchaseRequest(CONCERT, type, "ada@example.com", quantity, key, at, null, null);
  }

  static PurchaseRequest holding(String key, int quantity) {
    return holding(withKey(key, quantity));
  }

  static PurchaseRequest holding(PurchaseRequest request) {
    return new PurchaseRequest(
        CONCERT,
        request.ticketTypeId(),
        request.email(),
        request.quantity(),
        request.key(),
        request.arrivedAt(),
        null,
        HOLD);
  }
}
