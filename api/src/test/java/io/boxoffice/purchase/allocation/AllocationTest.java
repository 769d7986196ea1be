package io.boxoffice.purchase.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.concert.Price;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final Instant OPEN = Instant.parse("2030-01-01T10:00:00Z");
  private static final Instant CLOSE = Instant.parse("2030-01-02T10:00:00Z");
  private static final UUID CONCERT = new UUID(1, 1);
  private static final UUID TYPE = new UUID(2, 2);
  private static final UUID OTHER_TYPE = new UUID(2, 3);
  private static final long SEED = 20261120;
  private static final int CASES = 10_000;
  private static final Duration HOLD = Duration.ofMinutes(10);

  @Test
  void sellsFromTheInstantSalesOpenUntilJustBeforeTheyClose() {
    assertThat(Allocation.rejection(stock(5), 5, withoutKey(1, OPEN))).isEmpty();
    assertThat(Allocation.rejection(stock(5), 5, withoutKey(1, CLOSE.minusNanos(1)))).isEmpty();
    assertThat(Allocation.rejection(stock(5), 5, withoutKey(1, OPEN.minusNanos(1))))
        .contains(new Verdict.SalesNotOpen(OPEN));
    assertThat(Allocation.rejection(stock(5), 5, withoutKey(1, CLOSE)))
        .contains(new Verdict.SalesClosed(CLOSE));
  }

  @Test
  void sellsUpToTheConcertsLimit() {
    assertThat(Allocation.rejection(stock(9), 9, withoutKey(4, OPEN))).isEmpty();
    assertThat(Allocation.rejection(stock(9), 9, withoutKey(5, OPEN)))
        .contains(new Verdict.TooMany(4));
  }

  @Test
  void aSmallerRequestAfterOneThatIsTooLargeStillSells() {
    assertThat(
            decide(
                stock(3),
                withoutKey(2, OPEN),
                withoutKey(2, OPEN),
                withoutKey(1, OPEN),
                withoutKey(1, OPEN)))
        .containsExactly("sell", "sold-out 1", "sell", "sold-out 0");
  }

  @Test
  void aDuplicateKeyInABatchIsSoldOnce() {
    assertThat(
            decide(
                stock(9), withKey("k", 1), withKey("k", 1), withKey("k", 2), withKey("other", 1)))
        .containsExactly("sell", "same as 0", "key reused", "sell");
  }

  @Test
  void eachTicketTypeHasItsOwnStockAndAKeyCountsForAllTypes() {
    Map<UUID, Stock> stocks = Map.of(TYPE, stock(TYPE, 2), OTHER_TYPE, stock(OTHER_TYPE, 1));
    List<PurchaseRequest> batch =
        List.of(
            request(TYPE, "k", 1, OPEN),
            request(OTHER_TYPE, "k", 1, OPEN),
            request(OTHER_TYPE, null, 1, OPEN),
            request(OTHER_TYPE, null, 1, OPEN),
            request(TYPE, null, 1, OPEN));
    assertThat(decide(stocks, batch, Map.of()))
        .containsExactly("sell", "key reused", "sell", "sold-out 0", "sell");
  }

  @Test
  void aHoldTakesStockAndHasAKeyOfItsOwn() {
    assertThat(
            decide(
                stock(4),
                withKey("k", 1),
                holding("k", 2),
                holding("k", 2),
                holding("k", 1),
                withoutKey(2, OPEN)))
        .containsExactly("sell", "hold", "same as 1", "key reused", "sold-out 1");
  }

  @Test
  void aHoldExpiresAfterItsDuration() {
    Sale sale =
        Allocation.decide(
            Map.of(TYPE, stock(1)),
            List.of(holding(null, 1)),
            Earlier.NONE,
            OPEN,
            () -> new UUID(9, 9));
    Hold hold = sale.holds().rows().get(0);
    assertThat(hold.createdAt()).isEqualTo(OPEN);
    assertThat(hold.expiresAt()).isEqualTo(OPEN.plus(HOLD));
    assertThat(hold.total()).isEqualTo(new Price(4500L, "EUR"));
  }

  @Test
  void theSameKeyAtAnotherConcertIsAnotherKey() {
    UUID other = new UUID(1, 2);
    Map<UUID, Stock> stocks =
        Map.of(
            TYPE,
            stock(TYPE, 1),
            OTHER_TYPE,
            new Stock(OTHER_TYPE, other, 1, 4, OPEN, CLOSE, 4500, "EUR", null));
    PurchaseRequest elsewhere =
        new PurchaseRequest(other, OTHER_TYPE, "ada@example.com", 1, "k", OPEN, null, null);
    assertThat(decide(stocks, List.of(withKey("k", 1), elsewhere), Map.of()))
        .containsExactly("sell", "sell");
  }

  @Test
  void aKeyOfARejectedRequestMaySellLaterInTheBatch() {
    assertThat(decide(stock(1), withKey("k", 2), withKey("k", 1)))
        .containsExactly("sold-out 1", "sell");
  }

  @Test
  void aDeletedTicketTypeSellsNothing() {
    assertThat(decide(Map.of(), List.of(withoutKey(1, OPEN)), Map.of()))
        .containsExactly("unknown concert");
  }

  /** Compares random batches with a simple model that decides one request after the other. */
  @Test
  void aBatchIsDecidedAsIfEachRequestWereAlone() {
    Random random = new Random(SEED);
    for (int i = 0; i < CASES; i++) {
      Map<UUID, Stock> stocks =
          Map.of(
              TYPE,
              stock(TYPE, random.nextInt(12)),
              OTHER_TYPE,
              stock(OTHER_TYPE, random.nextInt(4)));
      Map<String, Purchase> earlier = new HashMap<>();
      if (random.nextBoolean()) {
        earlier.put("k0", bought(1 + random.nextInt(2)));
      }
      List<PurchaseRequest> batch = new ArrayList<>();
      for (int size = random.nextInt(20); size > 0; size--) {
        batch.add(randomRequest(random));
      }

      assertThat(decide(stocks, batch, earlier))
          .as("case %d", i)
          .isEqualTo(decideOneByOne(stocks, batch, earlier));
    }
  }

  private static List<String> decideOneByOne(
      Map<UUID, Stock> stocks, List<PurchaseRequest> batch, Map<String, Purchase> earlier) {
    List<String> decisions = new ArrayList<>();
    Map<String, String> bodyOfKey = new HashMap<>();
    Map<String, Integer> indexOfKey = new HashMap<>();
    earlier.forEach((key, row) -> bodyOfKey.put(key, row.ticketTypeId() + " " + row.quantity()));
    Map<UUID, Integer> stock = new HashMap<>();
    stocks.forEach((type, before) -> stock.put(type, before.available()));
    for (PurchaseRequest request : batch) {
      String key =
          request.key() == null || !request.isHold() ? request.key() : "order " + request.key();
      String body = request.ticketTypeId() + " " + request.quantity();
      int left = stock.get(request.ticketTypeId());
      if (key != null && bodyOfKey.containsKey(key)) {
        boolean same = bodyOfKey.get(key).equals(body);
        decisions.add(
            !same
                ? "key reused"
                : indexOfKey.containsKey(key) ? "same as " + indexOfKey.get(key) : "replayed");
      } else if (request.arrivedAt().isBefore(OPEN)) {
        decisions.add("not open");
      } else if (!request.arrivedAt().isBefore(CLOSE)) {
        decisions.add("closed");
      } else if (request.quantity() > 4) {
        decisions.add("too many");
      } else if (request.quantity() > left) {
        decisions.add("sold-out " + left);
      } else {
        stock.put(request.ticketTypeId(), left - request.quantity());
        if (key != null) {
          bodyOfKey.put(key, body);
          indexOfKey.put(key, decisions.size());
        }
        decisions.add(request.isHold() ? "hold" : "sell");
      }
    }
    return decisions;
  }

  private static PurchaseRequest randomRequest(Random random) {
    Instant at =
        switch (random.nextInt(20)) {
          case 0 -> OPEN.minusNanos(1);
          case 1 -> CLOSE;
          default -> OPEN;
        };
    String key = random.nextInt(3) == 0 ? "k" + random.nextInt(4) : null;
    UUID type = random.nextInt(4) == 0 ? OTHER_TYPE : TYPE;
    PurchaseRequest request = request(type, key, 1 + random.nextInt(5), at);
    return random.nextInt(3) == 0 ? holding(request) : request;
  }

  private static List<String> decide(Stock stock, PurchaseRequest... requests) {
    return decide(Map.of(stock.ticketTypeId(), stock), List.of(requests), Map.of());
  }

  /** Decides a batch, checks that the sale agrees with its verdicts, and describes these. */
  private static List<String> decide(
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

  private static Stock stock(int available) {
    return stock(TYPE, available);
  }

  private static Stock stock(UUID type, int available) {
    return new Stock(type, CONCERT, available, 4, OPEN, CLOSE, 4500, "EUR", null);
  }

  private static Purchase bought(int quantity) {
    return new Purchase(
        new UUID(3, 3),
        CONCERT,
        TYPE,
        "ada@example.com",
        quantity,
        new Price(4500L, "EUR").times(quantity),
        Purchase.Status.CONFIRMED,
        List.of(),
        OPEN,
        null,
        null);
  }

  private static PurchaseRequest withoutKey(int quantity, Instant at) {
    return request(TYPE, null, quantity, at);
  }

  private static PurchaseRequest withKey(String key, int quantity) {
    return request(TYPE, key, quantity, OPEN);
  }

  private static PurchaseRequest request(UUID type, String key, int quantity, Instant at) {
    return new PurchaseRequest(CONCERT, type, "ada@example.com", quantity, key, at, null, null);
  }

  private static PurchaseRequest holding(String key, int quantity) {
    return holding(withKey(key, quantity));
  }

  private static PurchaseRequest holding(PurchaseRequest request) {
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
