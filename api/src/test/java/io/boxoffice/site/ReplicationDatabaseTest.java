package io.boxoffice.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.boxoffice.concert.ChangeCondition;
import io.boxoffice.concert.Concert;
import io.boxoffice.purchase.allocation.Verdict;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicates between two sites, and lets them change the same rows while they are apart. */
class ReplicationDatabaseTest {
  private static final TwoSites SITES = TwoSites.open();
  private static final SiteShop SHOP_A = new SiteShop(SITES.a);
  private static final SiteShop SHOP_B = new SiteShop(SITES.b);

  private static void apart() {
    SITES.settle();
    SITES.a.listen(false);
    SITES.b.listen(false);
  }

  /** Connects the sites, the named one first. */
  private static void together(String first) {
    TwoSites.Site one = first.equals("a") ? SITES.a : SITES.b;
    TwoSites.Site other = first.equals("a") ? SITES.b : SITES.a;
    one.listen(true);
    SITES.settleAt(one);
    other.listen(true);
    SITES.settle();
  }

  private static String title(TwoSites.Site site, Concert concert) {
    return site.text("SELECT title FROM concerts WHERE id = ?", concert.id());
  }

  private static String conflicts(TwoSites.Site site, Object concertId) {
    return site.text(
        "SELECT string_agg(site || ' ' || (lost ->> 'title'), ', ' ORDER BY lost ->> 'title')"
            + " FROM conflicts WHERE concert_id = ?",
        concertId);
  }

  @Test
  void eachSiteSellsItsConcertsAndKnowsTheSalesOfTheOther() {
    Concert ofA = SHOP_A.create(10);
    Concert ofB = SHOP_B.create(10);
    SITES.settle();

    assertThat(SHOP_A.buy(ofA, 3)).isInstanceOf(Verdict.Sold.class);
    assertThat(SHOP_B.buy(ofB, 4)).isInstanceOf(Verdict.Sold.class);
    assertThat(SHOP_B.buy(ofA, 1)).isInstanceOf(Verdict.SoldElsewhere.class);

    SITES.settle();
    assertThat(SHOP_B.sold(ofA)).isEqualTo(3);
    assertThat(SHOP_B.available(ofA)).isEqualTo(7);
    assertThat(SHOP_A.sold(ofB)).isEqualTo(4);
    assertThat(SITES.a.database().stockInvariantViolations()).isZero();
    assertThat(SITES.b.database().stockInvariantViolations()).isZero();
  }

  @Test
  void aHomeMovesWithItsStock() {
    Concert concert = SHOP_A.create(10);
    assertThat(SHOP_A.buy(concert, 3)).isInstanceOf(Verdict.Sold.class);
    SITES.a.jdbi().useHandle(h -> SiteRows.moveHome(h, concert.id(), SITES.b.name()));
    assertThat(SHOP_A.buy(concert, 1)).isInstanceOf(Verdict.SoldElsewhere.class);
    SITES.settle();

    assertThat(SHOP_B.buy(concert, 7)).isInstanceOf(Verdict.Sold.class);
    assertThat(SHOP_B.buy(concert, 1)).isInstanceOf(Verdict.SoldOut.class);

    SITES.settle();
    assertThat(SHOP_A.sold(concert)).isEqualTo(10);
    assertThat(SHOP_A.available(concert)).isZero();
    assertThat(SITES.a.count("SELECT epoch FROM concerts WHERE id = ?", concert.id())).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void theLaterOfTwoChangesOfAConcertWinsAtBothSites(String first) {
    Concert concert = SHOP_A.create(10);
    apart();
    SHOP_A.rename(concert, "earlier");
    SHOP_B.rename(concert, "later");
    together(first);

    for (TwoSites.Site site : new TwoSites.Site[] {SITES.a, SITES.b}) {
      assertThat(title(site, concert)).isEqualTo("later");
      assertThat(conflicts(site, concert.id())).isEqualTo(SITES.a.name() + " earlier");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void theHigherVersionWinsAtBothSites(String first) {
    Concert concert = SHOP_A.create(10);
    apart();
    SHOP_A.rename(concert, "second");
    SHOP_A.rename(concert, "third");
    SHOP_B.rename(concert, "later second");
    together(first);

    for (TwoSites.Site site : new TwoSites.Site[] {SITES.a, SITES.b}) {
      assertThat(title(site, concert)).isEqualTo("third");
      assertThat(conflicts(site, concert.id())).isEqualTo(SITES.b.name() + " later second");
    }
  }

  @Test
  void changesOneAfterTheOtherAreNoConflict() {
    Concert concert = SHOP_A.create(10);
    SITES.settle();
    SHOP_A.rename(concert, "second");
    SITES.settle();
    SHOP_B.rename(concert, "third");
    SITES.settle();

    assertThat(title(SITES.a, concert)).isEqualTo("third");
    assertThat(SITES.a.count("SELECT count(*) FROM conflicts WHERE concert_id = ?", concert.id()))
        .isZero();
  }

  private static UUID account(TwoSites.Site site, String email, String created) {
    UUID id = UUID.randomUUID();
    site.execute(
        "INSERT INTO accounts (id, email, email_key, role, password_hash, created_at)"
            + " VALUES (?, ?, ?, 'BUYER', 'hash', CAST(? AS timestamptz))",
        id,
        email,
        email,
        created);
    return id;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void theEarlierOfTwoAccountsKeepsTheAddress(String first) {
    String email = UUID.randomUUID() + "@example.com";
    apart();
    UUID later = account(SITES.a, email, "2030-01-02T00:00:00Z");
    UUID earlier = account(SITES.b, email, "2030-01-01T00:00:00Z");
    SITES.a.execute("UPDATE accounts SET name = 'Ada' WHERE id = ?", later);
    together(first);

    for (TwoSites.Site site : new TwoSites.Site[] {SITES.a, SITES.b}) {
      assertThat(site.text("SELECT id::text FROM accounts WHERE email_key = ?", email))
          .isEqualTo(earlier.toString());
      assertThat(
              site.text(
                  "SELECT email_key || ' ' || coalesce(password_hash, '-') FROM accounts"
                      + " WHERE id = ?",
                  later))
          .isEqualTo("conflict:" + later + " -");
      assertThat(site.text("SELECT site FROM conflicts WHERE id = ?", later))
          .isEqualTo(SITES.a.name());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void theLaterOfTwoChangesOfAnAccountWins(String first) {
    UUID id = account(SITES.a, UUID.randomUUID() + "@example.com", "2030-01-01T00:00:00Z");
    apart();
    SITES.b.execute("UPDATE accounts SET name = 'earlier' WHERE id = ?", id);
    SITES.a.execute("UPDATE accounts SET name = 'later' WHERE id = ?", id);
    together(first);

    assertThat(SITES.a.text("SELECT name FROM accounts WHERE id = ?", id)).isEqualTo("later");
    assertThat(SITES.b.text("SELECT name FROM accounts WHERE id = ?", id)).isEqualTo("later");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void aCancellationAndAnAnonymisationOfOnePurchaseAreBothKept(String first) {
    Concert concert = SHOP_A.create(10);
    SHOP_A.buy(concert, 1);
    apart();
    SITES.a.execute(
        "UPDATE purchases SET status = 'CANCELLED', cancelled_at = now() WHERE concert_id = ?",
        concert.id());
    SITES.b.execute(
        "UPDATE purchases SET email = 'deleted-x@account.invalid' WHERE concert_id = ?",
        concert.id());
    together(first);

    for (TwoSites.Site site : new TwoSites.Site[] {SITES.a, SITES.b}) {
      assertThat(
              site.text(
                  "SELECT status || ' ' || email FROM purchases WHERE concert_id = ?",
                  concert.id()))
          .isEqualTo("CANCELLED deleted-x@account.invalid");
      assertThat(site.count("SELECT count(*) FROM conflicts WHERE concert_id = ?", concert.id()))
          .isZero();
    }
  }

  @Test
  void aCancelledConcertIsCancelledAtBothSites() {
    Concert concert = SHOP_A.create(10);
    SITES.settle();
    SITES.a.jdbi().useTransaction(handle -> SHOP_A.concerts().cancel(handle, concert.id()));
    SITES.settle();

    assertThat(SITES.b.text("SELECT cancelled_at::text FROM concerts WHERE id = ?", concert.id()))
        .isEqualTo(
            SITES.a.text("SELECT cancelled_at::text FROM concerts WHERE id = ?", concert.id()));
  }

  @Test
  void bothSitesKnowTheTicketKeysOfBoth() {
    String insert =
        "INSERT INTO ticket_keys (number, jwk, signs_from)"
            + " VALUES (?, '{}', CAST(? AS timestamptz))";
    String list = "SELECT string_agg(number || ' ' || jwk, ', ' ORDER BY number) FROM ticket_keys";
    apart();
    SITES.a.execute(insert, 1, "2030-01-01Z");
    SITES.b.execute(insert, 2, "2030-01-01Z");
    together("a");
    assertThat(SITES.a.text(list)).isEqualTo(SITES.b.text(list)).isEqualTo("1 {}, 2 {}");

    SITES.a.execute("UPDATE ticket_keys SET jwk = '{\"x\":1}' WHERE number = 1");
    SITES.a.execute("DELETE FROM ticket_keys WHERE number = 2");
    SITES.settle();
    assertThat(SITES.b.text(list)).as("each site erases private parts itself").isEqualTo("1 {}");
  }

  @Test
  void aDeletedConcertIsDeletedAtBothSites() {
    Concert concert = SHOP_A.create(10);
    SITES.settle();
    SHOP_A.concerts().delete(concert.id(), ChangeCondition.NONE);
    SITES.settle();

    assertThat(SITES.b.count("SELECT count(*) FROM concerts WHERE id = ?", concert.id())).isZero();
    assertThat(
            SITES.b.count("SELECT count(*) FROM ticket_types WHERE concert_id = ?", concert.id()))
        .isZero();
  }
}
