package io.boxoffice.purchase.allocation;

import static io.boxoffice.purchase.allocation.Batches.CLOSE;
import static io.boxoffice.purchase.allocation.Batches.HOLD;
import static io.boxoffice.purchase.allocation.Batches.OPEN;
import static io.boxoffice.purchase.allocation.Batches.OTHER_TYPE;
import static io.boxoffice.purchase.allocation.Batches.TYPE;
import static io.boxoffice.purchase.allocation.Batches.decide;
import static io.boxoffice.purchase.allocation.Batches.holding;
import static io.boxoffice.purchase.allocation.Batches.request;
import static io.boxoffice.purchase.allocation.Batches.stock;
import static io.boxoffice.purchase.allocation.Batches.withKey;
import static io.boxoffice.purchase.allocation.Batches.withoutKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.concert.Price;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests what a batch sells and rejects, by examples. */
class AllocationTest {
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
            new Stock(OTHER_TYPE, other, 1, 4, OPEN, CLOSE, 4500, "EUR", null, 1, true));
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
}
