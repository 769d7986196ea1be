package io.boxoffice.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boxoffice.concert.Concert;
import io.boxoffice.platform.error.ProblemException;
import io.boxoffice.purchase.allocation.Verdict;
import org.junit.jupiter.api.Test;

/**
 * Takes the homes of a site over that has committed sales which the other one does not have, and
 * connects both again. Negative control: without the check of arriving sales, the concert is
 * oversold.
 */
class TakeOverDatabaseTest {
  private final TwoSites sites = TwoSites.open();
  private final SiteShop shopA = new SiteShop(sites.a);
  private final SiteShop shopB = new SiteShop(sites.b);
  private final SiteService b = sites.serviceOfB();

  /** Sells 4 of 10 tickets at A that B knows, 3 more that B does not know, and 6 at B. */
  private Concert sellOnBothSidesOfATakeOver() {
    Concert concert = shopA.create(10);
    assertThat(shopA.buy(concert, 4)).isInstanceOf(Verdict.Sold.class);
    sites.settle();
    sites.b.listen(false);
    assertThat(shopA.buy(concert, 3)).isInstanceOf(Verdict.Sold.class);

    assertThat(b.takeOver(sites.a.name(), "test").moved()).isEqualTo(1);

    assertThat(shopB.available(concert)).isEqualTo(6);
    assertThat(shopB.buy(concert, 6)).isInstanceOf(Verdict.Sold.class);
    return concert;
  }

  @Test
  void lateSalesOfTheLostSiteAreRefusedAndListedAtBothSites() {
    Concert concert = sellOnBothSidesOfATakeOver();
    sites.rejoin(b);

    for (TwoSites.Site site : new TwoSites.Site[] {sites.a, sites.b}) {
      assertThat(new SiteShop(site).sold(concert)).isEqualTo(10);
      assertThat(new SiteShop(site).available(concert)).isZero();
      assertThat(site.database().stockInvariantViolations()).isZero();
      assertThat(
              site.text(
                  "SELECT site || ' ' || kind || ' ' || (lost ->> 'quantity') FROM conflicts"
                      + " WHERE concert_id = ?",
                  concert.id()))
          .isEqualTo(sites.a.name() + " sale 3");
    }
    assertThat(shopA.buy(concert, 1)).isInstanceOf(Verdict.SoldElsewhere.class);
  }

  @Test
  void withoutTheCheckOfArrivingSalesTheConcertIsOversold() {
    sites.b.execute("ALTER TABLE purchases DISABLE TRIGGER site_arrival");
    Concert concert = sellOnBothSidesOfATakeOver();
    sites.rejoin(b);

    assertThat(shopB.sold(concert)).isEqualTo(13);
  }

  @Test
  void aLateCancellationIsTakenBackAtTheLostSite() {
    Concert concert = shopA.create(10);
    shopA.buy(concert, 4);
    sites.settle();
    sites.b.listen(false);
    sites.a.execute(
        "UPDATE purchases SET status = 'CANCELLED', cancelled_at = now() WHERE concert_id = ?",
        concert.id());
    b.takeOver(sites.a.name(), null);
    sites.rejoin(b);

    for (TwoSites.Site site : new TwoSites.Site[] {sites.a, sites.b}) {
      assertThat(new SiteShop(site).sold(concert)).isEqualTo(4);
      assertThat(site.text("SELECT kind FROM conflicts WHERE concert_id = ?", concert.id()))
          .isEqualTo("change-of-sale");
    }
  }

  @Test
  void aLostSiteIsHeardAgainOnlyAfterItKnowsTheNewHomes() {
    Concert concert = shopA.create(10);
    sites.settle();
    sites.a.listen(false);
    b.takeOver(sites.a.name(), null);

    assertThatThrownBy(() -> b.rejoin(sites.a.name())).isInstanceOf(ProblemException.class);
    assertThat(shopA.buy(concert, 1)).isInstanceOf(Verdict.Sold.class);

    sites.a.listen(true);
    sites.rejoin(b);
    assertThat(shopA.buy(concert, 1)).isInstanceOf(Verdict.SoldElsewhere.class);
    assertThat(shopB.sold(concert)).isZero();
    assertThat(shopA.sold(concert)).isZero();
  }

  @Test
  void aHomeMovesBackAfterTheLostSiteHasReturned() {
    Concert concert = sellOnBothSidesOfATakeOver();
    sites.rejoin(b);

    assertThat(b.move(concert.id(), sites.a.name(), null).epoch()).isEqualTo(3);
    sites.settle();
    assertThat(shopA.buy(concert, 1)).isInstanceOf(Verdict.SoldOut.class);
    assertThat(shopB.buy(concert, 1)).isInstanceOf(Verdict.SoldElsewhere.class);
  }

  @Test
  void onlyTheOtherSiteCanBeTakenOver() {
    assertThatThrownBy(() -> b.takeOver(sites.b.name(), null)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> b.move(shopB.create(1).id(), "nowhere", null))
        .isInstanceOf(ProblemException.class);
  }
}
