package io.boxoffice.mail;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts attempts to send mails by their outcome, so that operators see a server that fails. */
final class DeliveryMetrics {

  /** What became of an attempt. */
  enum Outcome {
    SENT,
    /** Refused for ever. */
    REJECTED,
    /** Another attempt follows. */
    DEFERRED,
    /** Given up, because the mail had expired or was too old. */
    EXPIRED,
    /** No connection to the server; the mails wait. */
    UNAVAILABLE
  }

  private final Map<Outcome, Meter> outcomes = new EnumMap<>(Outcome.class);

  /** Registers all outcomes, so that each exists as 0 before its first attempt. */
  DeliveryMetrics(MetricRegistry metrics) {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(
          outcome, metrics.meter("mails.attempts." + outcome.name().toLowerCase(Locale.ROOT)));
    }
  }

  void count(Outcome outcome, int times) {
    outcomes.get(outcome).mark(times);
  }
}
