package io.boxoffice.account.session;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.google.common.collect.ImmutableList;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts sign-ins by their method and outcome, so that operators see a flood and a rise in
 * failures.
 */
public final class SignInMetrics {

  /** What became of a request to sign in. */
  public enum Outcome {
    GRANTED,
    /** The address, the password or the code was wrong, or the identity opens no account. */
    FAILED,
    /** The password was right, and the code was missing. */
    CODE_REQUIRED,
    /** Too many attempts before it had failed. */
    DELAYED,
    /** The queue in front of the check was full. */
    OVERLOADED,
    /** The identity provider did not answer as it must. */
    UNAVAILABLE
  }

  /** How a person shows who they are. */
  public enum Method {
    PASSWORD(
        Outcome.GRANTED,
        Outcome.FAILED,
        Outcome.CODE_REQUIRED,
        Outcome.DELAYED,
        Outcome.OVERLOADED),
    OPENID_CONNECT(Outcome.GRANTED, Outcome.FAILED, Outcome.OVERLOADED, Outcome.UNAVAILABLE);

    private final ImmutableList<Outcome> outcomes;

    Method(Outcome... outcomes) {
      this.outcomes = ImmutableList.copyOf(outcomes);
    }
  }

  private final Map<Method, Map<Outcome, Meter>> meters = new EnumMap<>(Method.class);

  /** Registers all outcomes, so that each exists as 0 before its first sign-in. */
  public SignInMetrics(MetricRegistry metrics) {
    for (Method method : Method.values()) {
      Map<Outcome, Meter> ofMethod = new EnumMap<>(Outcome.class);
      for (Outcome outcome : method.outcomes) {
        ofMethod.put(
            outcome, metrics.meter("sign-ins.%s.%s".formatted(label(method), label(outcome))));
      }
      meters.put(method, ofMethod);
    }
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Counts one request. */
  public void count(Method method, Outcome outcome) {
    meters.get(method).get(outcome).mark();
  }
}
