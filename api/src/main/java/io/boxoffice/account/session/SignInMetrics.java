package io.boxoffice.account.session;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts sign-ins by their outcome, so that operators see a flood and a rise in failures. */
public final class SignInMetrics {

  /** What became of a request to sign in. */
  enum Outcome {
    GRANTED,
    /** The address, the password or the code was wrong. */
    FAILED,
    /** The password was right, and the code was missing. */
    CODE_REQUIRED,
    /** Too many attempts before it had failed. */
    DELAYED,
    /** The hashing queue was full. */
    OVERLOADED
  }

  private final Map<Outcome, Meter> outcomes = new EnumMap<>(Outcome.class);

  /** Registers all outcomes, so that each exists as 0 before its first sign-in. */
  public SignInMetrics(MetricRegistry metrics) {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, metrics.meter("sign-ins." + outcome.name().toLowerCase(Locale.ROOT)));
    }
  }

  void count(Outcome outcome) {
    outcomes.get(outcome).mark();
  }
}
