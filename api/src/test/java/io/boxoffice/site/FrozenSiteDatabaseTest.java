package io.boxoffice.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.concert.Concert;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.desk.SaleFailedException;
import io.boxoffice.testing.Eventually;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Freezes the server of a site while it sells, takes its homes over, and thaws it: it must confirm
 * nothing that the other site does not have. Negative control: if its commits do not wait for the
 * other site, it does, and the concert is oversold.
 */
class FrozenSiteDatabaseTest {
  private static final int CAPACITY = 100_000;
  private static final int BUYERS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final TwoSites sites = TwoSites.open();
  private final SiteShop shopA = new SiteShop(sites.a);
  private final SiteShop shopB = new SiteShop(sites.b);
  private final SiteService b = sites.serviceOfB();

  private final Queue<UUID> confirmed = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final ExecutorService buyers = Executors.newFixedThreadPool(BUYERS);

  @AfterEach
  void stop() throws Exception {
    stopped.set(true);
    sites.a.server().thaw();
    sites.a.server().waitFor("");
    sites.b.server().waitFor("");
    buyers.shutdown();
    assertThat(buyers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private void buyAtA(Concert concert) {
    for (int buyer = 0; buyer < BUYERS; buyer++) {
      buyers.execute(
          () -> {
            while (!stopped.get()) {
              try {
                if (shopA.buy(concert, 1) instanceof Verdict.Sold sold) {
                  confirmed.add(sold.purchase().id());
                }
              } catch (SaleFailedException notConfirmed) {
                // The client does not know the outcome.
              }
            }
          });
    }
  }

  /** Returns how many sales A had confirmed when B had taken over and A was thawed. */
  private int freezeAndTakeOver(Concert concert) throws Exception {
    buyAtA(concert);
    Eventually.within(LIMIT, () -> confirmed.size() > 50);
    sites.a.server().freeze();
    assertThat(b.takeOver(sites.a.name(), "frozen").moved()).isEqualTo(1);
    int left = shopB.available(concert);
    assertThat(shopB.buy(concert, 1)).isInstanceOf(Verdict.Sold.class);
    assertThat(shopB.available(concert)).isEqualTo(left - 1);
    // Answers that had left the server before it was frozen.
    TimeUnit.MILLISECONDS.sleep(200);
    int before = confirmed.size();
    sites.a.server().thaw();
    return before;
  }

  /** Counts the sales that A confirmed and B does not have. */
  private long lost() {
    return confirmed.stream()
        .filter(id -> sites.b.count("SELECT count(*) FROM purchases WHERE id = ?", id) == 0)
        .count();
  }

  @Test
  void aThawedSiteConfirmsNothingThatTheOtherSiteDoesNotHave() throws Exception {
    sites.synchronous();
    Concert concert = shopA.create(CAPACITY);
    sites.settle();

    int before = freezeAndTakeOver(concert);
    TimeUnit.SECONDS.sleep(4); // Longer than a client waits for its server.

    // B may have applied a sale of each buyer, and said so, before it took over.
    assertThat(confirmed).hasSizeBetween(before, before + BUYERS);
    assertThat(lost()).isZero();
    final int after = confirmed.size();

    stopped.set(true);
    Eventually.within(
        LIMIT,
        () -> {
          sites.a.call("SELECT release_waits(interval '1 second')");
          return sites.rejoins(b);
        });
    sites.settle();
    b.follow();
    sites.settle();
    assertThat(confirmed).hasSize(after);
    assertThat(lost()).isZero();
    assertThat(shopA.buy(concert, 1)).isInstanceOf(Verdict.SoldElsewhere.class);
    assertThat(shopA.sold(concert)).isEqualTo(shopB.sold(concert));
    assertThat(sites.a.database().stockInvariantViolations()).isZero();
    assertThat(sites.b.database().stockInvariantViolations()).isZero();
    assertThat(sites.a.count("SELECT count(*) FROM conflicts"))
        .isEqualTo(sites.b.count("SELECT count(*) FROM conflicts"))
        .isPositive();
  }

  @Test
  void aSiteWhoseCommitsDoNotWaitConfirmsSalesThatAreLost() throws Exception {
    Concert concert = shopA.create(CAPACITY);
    sites.settle();
    sites.a.listen(false); // It does not learn the new home.

    int before = freezeAndTakeOver(concert);

    Eventually.within(LIMIT, () -> confirmed.size() > before + BUYERS);
    stopped.set(true);
    assertThat(lost()).isPositive();
  }
}
