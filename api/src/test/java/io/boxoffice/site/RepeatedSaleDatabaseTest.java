package io.boxoffice.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.concert.Concert;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Sells one wish twice, with one key: at a site that has not learned that it was taken over, and at
 * the other one. When both are connected again, the sale of the new home keeps the key, and the
 * replication goes on. Negative control: without the trigger, it stops at the index of keys.
 */
class RepeatedSaleDatabaseTest {
  private final TwoSites sites = TwoSites.open();
  private final SiteShop shopA = new SiteShop(sites.a);
  private final SiteShop shopB = new SiteShop(sites.b);
  private final SiteService b = sites.serviceOfB();
  private final String key = UUID.randomUUID().toString();

  /** Takes over while A is deaf, and sells and holds at both with the same keys. */
  private Concert sellAtBoth() {
    Concert concert = shopA.create(10);
    sites.settle();
    sites.a.listen(false);
    assertThat(b.takeOver(sites.a.name(), "test").moved()).isEqualTo(1);
    assertThat(shopB.buy(concert, 1, key)).isInstanceOf(Verdict.Sold.class);
    assertThat(shopA.buy(concert, 1, key)).isInstanceOf(Verdict.Sold.class);
    hold(sites.b, concert);
    hold(sites.a, concert);
    return concert;
  }

  private void hold(TwoSites.Site site, Concert concert) {
    site.execute(
        """
        WITH taken AS (UPDATE ticket_types SET available = available - 2 WHERE concert_id = ?
                       RETURNING concert_id, id)
        INSERT INTO orders (id, concert_id, ticket_type_id, email, quantity, amount, currency,
                            idempotency_key, state, created_at, changed_at, expires_at)
        SELECT gen_random_uuid(), concert_id, id, 'ada@example.com', 2, 9000, 'EUR',
               ?, 'HELD', now(), now(), now() + interval '1 hour' FROM taken
        """,
        concert.id(),
        key);
  }

  @Test
  void theSaleOfTheNewHomeKeepsTheKey() {
    Concert concert = sellAtBoth();
    sites.a.listen(true);
    sites.rejoin(b);

    for (String table : List.of("purchases", "orders")) {
      String owner =
          sites.b.text("SELECT id::text FROM " + table + " WHERE concert_id = ?", concert.id());
      assertThat(
              sites.a.text(
                  "SELECT id::text FROM " + table + " WHERE concert_id = ? AND idempotency_key = ?",
                  concert.id(),
                  key))
          .as(table)
          .isEqualTo(owner);
    }
    for (TwoSites.Site site : List.of(sites.a, sites.b)) {
      assertThat(new SiteShop(site).sold(concert)).isEqualTo(1);
      assertThat(new SiteShop(site).available(concert)).isEqualTo(7);
      assertThat(site.count("SELECT count(*) FROM conflicts WHERE concert_id = ?", concert.id()))
          .isEqualTo(2);
      assertThat(site.database().stockInvariantViolations()).isZero();
    }
    assertThat(sites.a.count("SELECT count(*) FROM orders WHERE state = 'CANCELLED'")).isEqualTo(1);
  }

  @Test
  void withoutTheTriggerTheReplicationStopsAtTheIndexOfKeys() {
    sites.a.execute("ALTER TABLE purchases DISABLE TRIGGER site_key");
    Concert concert = sellAtBoth();
    sites.a.listen(true);

    Eventually.within(
        Duration.ofSeconds(30),
        () ->
            sites.a.count(
                    "SELECT apply_error_count FROM pg_stat_subscription_stats WHERE subname = ?",
                    "boxoffice_" + sites.a.name())
                > 1);
    sites.a.listen(false);
    assertThat(shopA.sold(concert)).isEqualTo(1);
    assertThat(sites.a.count("SELECT count(*) FROM orders WHERE concert_id = ?", concert.id()))
        .isEqualTo(1);
  }
}
