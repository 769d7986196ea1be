package io.boxoffice.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.concert.Concert;
import io.boxoffice.purchase.allocation.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Shows what the homes prevent: two sites sell the stock of one row, their changes replicate both
 * ways, and the last one wins. Such a shop must oversell.
 */
class NaiveSitesDatabaseTest {
  private static final int CAPACITY = 200;

  private final TwoSites sites = TwoSites.naive();
  private final SiteShop shopA = new SiteShop(sites.a, "");
  private final SiteShop shopB = new SiteShop(sites.b, "");

  /** Returns how many tickets a site sold, one by one until it has none left. */
  private static int sellOut(SiteShop shop, Concert concert) {
    int sold = 0;
    while (shop.buy(concert, 1) instanceof Verdict.Sold) {
      sold++;
    }
    return sold;
  }

  @Test
  void sitesThatAreApartSellEachTicketTwice() {
    Concert concert = shopA.create(CAPACITY);
    sites.settle();
    sites.a.listen(false);
    sites.b.listen(false);

    assertThat(sellOut(shopA, concert)).isEqualTo(CAPACITY);
    assertThat(sellOut(shopB, concert)).isEqualTo(CAPACITY);

    sites.a.listen(true);
    sites.b.listen(true);
    sites.settle();
    assertThat(shopA.sold(concert)).isEqualTo(2 * CAPACITY);
    assertThat(shopB.sold(concert)).isEqualTo(2 * CAPACITY);
    assertThat(sites.a.database().stockInvariantViolations()).isEqualTo(1);
  }

  @Test
  void sitesThatAreConnectedOversellToo() {
    Concert concert = shopA.create(CAPACITY);
    sites.settle();

    List<CompletableFuture<Integer>> sold =
        List.of(
            CompletableFuture.supplyAsync(() -> sellOut(shopA, concert)),
            CompletableFuture.supplyAsync(() -> sellOut(shopB, concert)));

    assertThat(sold.stream().mapToInt(CompletableFuture::join).sum()).isGreaterThan(CAPACITY);
  }
}
