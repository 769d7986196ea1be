package io.boxoffice.partner;

import io.boxoffice.partner.PartnerException.Outcome;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.Set;

/** Counts and measures the calls to partners. */
final class PartnerMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Counter calls;
  private final Histogram seconds;

  /** Registers all outcomes of these partners, so that each exists as 0 before its first call. */
  PartnerMetrics(CollectorRegistry prometheus, Set<Partner> partners) {
    calls =
        Counter.build("partner_calls", "Calls to partners that ended.")
            .labelNames("partner", "outcome")
            .register(prometheus);
    seconds =
        Histogram.build("partner_call_seconds", "Time that a call to a partner took.")
            .labelNames("partner")
            .buckets(.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60)
            .register(prometheus);
    for (Partner partner : partners) {
      seconds.labels(partner.label());
      for (Outcome outcome : Outcome.values()) {
        calls.labels(partner.label(), outcome.label());
      }
    }
  }

  /** Counts a call that was not sent because of a limit of the shop. */
  void refused(Partner partner, Outcome outcome) {
    calls.labels(partner.label(), outcome.label()).inc();
  }

  /** Counts a call that ended. */
  void ended(Partner partner, Outcome outcome, long nanos) {
    calls.labels(partner.label(), outcome.label()).inc();
    seconds.labels(partner.label()).observe(nanos / NANOS_PER_SECOND);
  }
}
