package io.boxoffice.order.ledger;

import io.boxoffice.order.ledger.LedgerDao.Progress;
import io.boxoffice.order.payment.PartnerLedger;
import io.boxoffice.order.payment.PaymentUnavailableException;
import io.boxoffice.order.payment.PaymentUnknownException;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Exports what the last comparison found. Each replica reads it from the database, so all export
 * the same, and a restart loses nothing. Gauges are NaN while the database does not answer.
 */
final class LedgerMetrics {
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final String NEW = "new";
  private static final String FULL = "full";

  private final Gauge differences;
  private final Gauge amount;
  private final Gauge compared;
  private final Counter failures;

  /** The currencies that are exported. Only the thread of the comparison uses it. */
  private final Set<String> currencies = new HashSet<>();

  LedgerMetrics(CollectorRegistry prometheus) {
    this.differences =
        Gauge.build(
                "ledger_differences",
                "Differences between the shop and the payment partner's ledger; must be 0.")
            .labelNames("kind")
            .register(prometheus);
    this.amount =
        Gauge.build(
                "ledger_difference_minor_units",
                "Money that the payment partner has more than the shop knows of.")
            .labelNames("currency")
            .register(prometheus);
    this.compared =
        Gauge.build(
                "ledger_compared_timestamp_seconds",
                "When the last comparison with the payment partner's ledger ended.")
            .labelNames("comparison")
            .register(prometheus);
    this.failures =
        Counter.build("ledger_comparison_failures", "Comparisons that did not reach their end.")
            .labelNames("cause")
            .register(prometheus);
    for (String cause : List.of("no_ledger", "partner", "other")) {
      failures.labels(cause);
    }
    forget();
  }

  /** Counts a comparison that failed. */
  void failed(RuntimeException failure) {
    failures.labels(cause(failure)).inc();
  }

  private static String cause(RuntimeException failure) {
    if (failure instanceof PartnerLedger.MissingException) {
      return "no_ledger";
    }
    return failure instanceof PaymentUnavailableException
            || failure instanceof PaymentUnknownException
        ? "partner"
        : "other";
  }

  /** Reads the gauges. */
  void refresh(Jdbi jdbi) {
    try {
      jdbi.useExtension(LedgerDao.class, this::refresh);
    } catch (RuntimeException noDatabase) {
      forget();
      throw noDatabase;
    }
  }

  private void refresh(LedgerDao dao) {
    Map<Difference.Kind, Long> counts =
        dao.count().stream()
            .collect(Collectors.toMap(LedgerDao.KindCount::kind, LedgerDao.KindCount::number));
    for (Difference.Kind kind : Difference.Kind.values()) {
      differences.labels(kind.label()).set(counts.getOrDefault(kind, 0L));
    }
    List<LedgerDao.Sum> sums = dao.sums();
    Set<String> left = sums.stream().map(LedgerDao.Sum::currency).collect(Collectors.toSet());
    // A currency that had a difference goes back to 0, and does not disappear.
    currencies.stream()
        .filter(each -> !left.contains(each))
        .forEach(each -> amount.labels(each).set(0));
    sums.forEach(sum -> amount.labels(sum.currency()).set((double) sum.amount()));
    currencies.addAll(left);
    dao.progress().ifPresent(this::show);
  }

  private void show(Progress progress) {
    compared.labels(NEW).set(seconds(progress.comparedAt()));
    compared.labels(FULL).set(seconds(progress.fullAt()));
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / MILLIS_PER_SECOND;
  }

  private void forget() {
    Arrays.stream(Difference.Kind.values())
        .forEach(kind -> differences.labels(kind.label()).set(Double.NaN));
    currencies.forEach(currency -> amount.labels(currency).set(Double.NaN));
    List.of(NEW, FULL).forEach(each -> compared.labels(each).set(Double.NaN));
  }
}
