package io.boxoffice.order.ledger;

import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;

/** Builds the comparison with the partner's ledger from its settings. */
public final class LedgerModule {
  private LedgerModule() {}

  /** Registers the list of differences, and the comparison if there is a partner. */
  public static void install(
      Foundation foundation, LedgerSettings settings, PaymentPartner partner) {
    foundation
        .environment()
        .jersey()
        .register(new LedgerDifferenceResource(new StoredDifferences(foundation.jdbi())));
    if (partner.isConfigured() && settings.isOn()) {
      LedgerComparison comparison =
          new LedgerComparison(
              foundation.jdbi(), partner, settings, new LedgerMetrics(foundation.prometheus()));
      foundation
          .environment()
          .lifecycle()
          .manage(
              new RepeatedTask(
                  "ledger-comparison", settings.pause().toJavaDuration(), comparison::run));
    }
  }
}
