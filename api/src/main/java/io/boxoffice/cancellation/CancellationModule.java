package io.boxoffice.cancellation;

import io.boxoffice.concert.ConcertModule;
import io.boxoffice.order.OrderModule;
import io.boxoffice.partner.FollowUps;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.purchase.PurchaseModule;
import org.jdbi.v3.core.Jdbi;

/** Builds the parts of this feature: the cancellation of concerts. */
public final class CancellationModule {
  /** Small, because other events of these orders wait for the locks of a batch. */
  private static final int BATCH = 100;

  private CancellationModule() {}

  /** Registers the resource, the gauges and the task that gives everything back. */
  public static void install(
      Foundation foundation,
      ConcertModule concerts,
      PurchaseModule purchases,
      OrderModule orders,
      FollowUps followUps) {
    Jdbi jdbi = foundation.jdbi();
    foundation
        .environment()
        .jersey()
        .register(
            new CancellationResource(
                new CancellationService(
                    jdbi,
                    concerts.service(),
                    orders.cancellations(),
                    purchases.cancellations(),
                    concerts.changed()),
                followUps));
    CancellationSweeper sweeper =
        new CancellationSweeper(jdbi, orders.cancellations(), purchases.cancellations(), BATCH);
    foundation
        .environment()
        .lifecycle()
        .manage(new RepeatedTask("concert-cancellations", CancellationSweeper.PAUSE, sweeper::run));
    foundation
        .gauges()
        .add(
            "cancellations.open",
            () -> jdbi.withExtension(CancellationDao.class, CancellationDao::countOpen));
    foundation.gauges().add("cancellations.left", sweeper::countLeft);
  }
}
