package io.boxoffice.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.uuid.Generators;
import io.boxoffice.event.outbox.Outbox;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.store.Happening;
import io.boxoffice.order.store.OrderTransactions;
import io.boxoffice.partner.Communication;
import io.boxoffice.purchase.OrderStock;
import io.boxoffice.purchase.desk.SalesMetrics;
import io.boxoffice.testing.Replacements;
import io.boxoffice.testing.TestDatabase;
import io.boxoffice.testing.TestOutbox;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** The parts of this feature as one replica has them, without HTTP, for tests. */
public final class Replica implements AutoCloseable {
  static final Duration PAYMENT_LIMIT = Duration.ofMinutes(5);

  private final Replacements replacements;
  final MetricRegistry metrics = new MetricRegistry();
  final OrderEvents events;
  final OrderWaiters waiters;
  final OrderService service;
  final OrderPayments payments;
  final PaymentService paying;
  final ExpirySweeper sweeper;
  final Reconciler reconciler;

  /** What the cancellation of concerts uses. */
  public final OrderCancellations cancellations;

  final ExecutorService answers = Executors.newFixedThreadPool(4);

  /** Builds a replica as shipped. */
  public Replica(TestDatabase database, PaymentPartner partner) {
    this(database, partner, Map.of());
  }

  /**
   * Builds a replica with changed SQL.
   *
   * @param replacements what to replace wherever it occurs in the SQL
   */
  public Replica(TestDatabase database, PaymentPartner partner, Map<String, String> replacements) {
    this(database.jdbi(), partner, replacements, Communication.NONBLOCKING);
  }

  /** Builds a replica with another communication. It receives no events. */
  Replica(TestDatabase database, PaymentPartner partner, Communication communication) {
    this(database.jdbi(), partner, Map.of(), communication);
  }

  /** Builds the parts on the connections of a service that runs, for tests of other features. */
  public Replica(Jdbi jdbi, PaymentPartner partner) {
    this(jdbi, partner, Map.of(), Communication.NONBLOCKING);
  }

  private Replica(
      Jdbi connections,
      PaymentPartner partner,
      Map<String, String> replacements,
      Communication communication) {
    this.replacements = new Replacements(replacements);
    Jdbi jdbi = replacements.isEmpty() ? connections : connections.installPlugin(this.replacements);
    OrderStock stock =
        new OrderStock(
            Clock.systemUTC(),
            Generators.timeBasedEpochRandomGenerator(),
            new SalesMetrics(metrics, new CollectorRegistry()),
            concert -> {});
    Outbox outbox = TestOutbox.create();
    OrderMetrics orderMetrics = new OrderMetrics(new CollectorRegistry());
    waiters = new OrderWaiters(100, seen -> OrderService.findChanged(jdbi, PAYMENT_LIMIT, seen));
    events =
        new OrderEvents(
            new OrderTransactions(jdbi, stock, outbox, PAYMENT_LIMIT, Duration.ofSeconds(40)),
            stock,
            orderMetrics,
            waiters);
    payments = new OrderPayments(events);
    cancellations = new OrderCancellations(events);
    service = new OrderService(jdbi, PAYMENT_LIMIT, events, waiters);
    paying =
        new PaymentService(
            partner,
            service,
            events,
            waiters,
            new Charging(jdbi, partner, events, payments, answers),
            communication);
    sweeper = new ExpirySweeper(jdbi, stock, outbox, orderMetrics, PAYMENT_LIMIT, waiters::poll);
    reconciler = new Reconciler(jdbi, partner, events, payments, answers);
  }

  /** Expires what is due, as the task of a service does. */
  public void sweep() {
    sweeper.run();
  }

  /** Asks the partner about what is due, as the task of a service does. */
  public void reconcile() {
    reconciler.run();
  }

  /** The keys that occurred in no SQL: their guards were not removed. */
  public Set<String> neverFound() {
    return replacements.neverFound();
  }

  /** Pays for an order with a token of the partner, without a wait for its answer. */
  public void pay(UUID orderId, String token) {
    var unused = paying.pay(orderId, Optional.empty(), token, Duration.ZERO);
  }

  /** Notes that the partner charged an order. */
  public void charged(UUID orderId) {
    payments.chargeSucceeded(orderId, "charge-" + orderId);
  }

  /** Notes that the partner was not asked to charge an order that was paid with a token. */
  public void chargeNotMade(UUID orderId, String token) {
    events.apply(orderId, Happening.chargeNotMade(token, false));
  }

  @Override
  public void close() throws InterruptedException {
    answers.shutdown();
    assertThat(answers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    waiters.stop();
  }
}
