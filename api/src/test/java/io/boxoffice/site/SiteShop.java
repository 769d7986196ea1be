package io.boxoffice.site;

import com.fasterxml.uuid.Generators;
import io.boxoffice.concert.ChangeCondition;
import io.boxoffice.concert.Concert;
import io.boxoffice.concert.ConcertChange;
import io.boxoffice.concert.ConcertService;
import io.boxoffice.concert.NewConcert;
import io.boxoffice.concert.Price;
import io.boxoffice.purchase.allocation.PurchaseRequest;
import io.boxoffice.purchase.allocation.Verdict;
import io.boxoffice.purchase.store.SaleTransaction;
import io.boxoffice.testing.TestOutbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Sells and changes concerts in the database of one site, without HTTP, for tests. */
final class SiteShop {
  private final TwoSites.Site site;
  private final ConcertService concerts;
  private final SaleTransaction sales;

  /** Opens the shop of a site as it is shipped. */
  SiteShop(TwoSites.Site site) {
    this(site, site.name());
  }

  /**
   * Opens the shop of a site.
   *
   * @param setting the name of the site in its settings; blank for a shop of one site
   */
  SiteShop(TwoSites.Site site, String setting) {
    this.site = site;
    // As in config.yml: a client does not wait for ever.
    Jdbi jdbi =
        Jdbi.create(
                site.database().url() + "?socketTimeout=3",
                site.database().user(),
                site.database().password())
            .installPlugin(new PostgresPlugin())
            .installPlugin(new SqlObjectPlugin());
    this.concerts =
        new ConcertService(
            jdbi, Clock.systemUTC(), Generators.timeBasedEpochGenerator(), TestOutbox.create());
    this.sales =
        new SaleTransaction(
            jdbi, Clock.systemUTC(), Generators.timeBasedEpochRandomGenerator(), setting);
  }

  ConcertService concerts() {
    return concerts;
  }

  /** Creates a concert with one ticket type. */
  Concert create(int capacity) {
    return concerts
        .create(
            new NewConcert(
                "Autumn Tour",
                "The Reading Lamps",
                "Halle 7",
                Instant.parse("2040-06-01T19:00:00Z"),
                null,
                null,
                null,
                List.of(
                    new NewConcert.NewTicketType("Standing", new Price(4500L, "EUR"), capacity))))
        .concert();
  }

  /** Changes the title of a concert. */
  void rename(Concert concert, String title) {
    concerts.change(
        concert.id(),
        new ConcertChange(title, null, null, null, null, null, null, null),
        ChangeCondition.NONE);
  }

  /** Buys tickets. */
  Verdict buy(Concert concert, int quantity) {
    return buy(concert, quantity, UUID.randomUUID().toString());
  }

  /** Buys tickets with the given idempotency key. */
  Verdict buy(Concert concert, int quantity, String key) {
    return sales
        .sell(
            List.of(
                new PurchaseRequest(
                    concert.id(),
                    concert.ticketTypes().get(0).id(),
                    "ada@example.com",
                    quantity,
                    key,
                    Instant.now(),
                    null,
                    null)),
            Map.of())
        .verdicts()
        .get(0);
  }

  /** Counts the sold tickets of a concert in this site's database. */
  int sold(Concert concert) {
    return site.count(
        "SELECT coalesce(sum(quantity), 0) FROM purchases"
            + " WHERE concert_id = ? AND status = 'CONFIRMED'",
        concert.id());
  }

  /** Counts the tickets of a concert that this site's database has left. */
  int available(Concert concert) {
    return site.count("SELECT available FROM ticket_types WHERE concert_id = ?", concert.id());
  }
}
