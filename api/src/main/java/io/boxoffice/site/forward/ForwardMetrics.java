package io.boxoffice.site.forward;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.Locale;

/** Counts the requests that this site passed on, so that a broken way to the other one is seen. */
final class ForwardMetrics {
  /** What became of a request. */
  enum Outcome {
    /** The home answered, whatever it answered. */
    ANSWERED,
    /** The home was not reached; nothing was done. */
    NOT_SENT,
    /** The request was sent and no answer was received in time. */
    UNKNOWN,
    /** Too many requests were on their way. */
    FULL,
    /** Both sites take the other one for the home. */
    HOME_UNKNOWN
  }

  private final Counter forwarded;

  /** Registers all outcomes, so that each exists as 0 before its first request. */
  ForwardMetrics(CollectorRegistry prometheus) {
    forwarded =
        Counter.build("site_forwarded", "Requests whose home is the other site.")
            .labelNames("outcome")
            .register(prometheus);
    for (Outcome outcome : Outcome.values()) {
      forwarded.labels(label(outcome));
    }
  }

  void count(Outcome outcome) {
    forwarded.labels(label(outcome)).inc();
  }

  private static String label(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
