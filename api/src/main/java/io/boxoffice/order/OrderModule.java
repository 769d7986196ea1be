package io.boxoffice.order;

import io.boxoffice.event.EventModule;
import io.boxoffice.order.ledger.LedgerModule;
import io.boxoffice.order.payment.PaymentPartner;
import io.boxoffice.order.payment.PaymentSettings;
import io.boxoffice.order.payment.callback.CallbackModule;
import io.boxoffice.order.store.OldOrders;
import io.boxoffice.order.store.OrderTransactions;
import io.boxoffice.partner.Communication;
import io.boxoffice.platform.Foundation;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.auth.CallerAccess;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.purchase.OrderStock;
import io.boxoffice.purchase.PurchaseModule;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Jdbi;

/**
 * Builds the parts of this feature from its settings: orders, payments, expiry, refunds.
 *
 * @param service the service, for other features
 * @param cancellations gives back what orders of cancelled concerts have
 */
public record OrderModule(OrderService service, OrderCancellations cancellations) {

  /**
   * How long the first request to the partner has before the reconciler asks again; longer than the
   * longest time limit of a call, 30 seconds.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Each uses one connection of the pool. */
  private static final int ANSWER_THREADS = 4;

  /**
   * Registers the resources, the metrics, and the tasks that follow the database's clock.
   *
   * @param events publishes what becomes of each order, and delivers the payments to make
   * @param communication what asks the partner
   * @param purchases hold the tickets, and are what a paid order becomes
   * @param partner moves the money
   * @param callers finds out who orders, reads and cancels
   */
  public static OrderModule install(
      Foundation foundation,
      EventModule events,
      Communication communication,
      OrderSettings settings,
      PaymentSettings payment,
      PurchaseModule purchases,
      PaymentPartner partner,
      CallerAccess callers) {
    Jdbi jdbi = foundation.jdbi();
    OrderStock stock = purchases.orderStock();
    LifecycleEnvironment lifecycle = foundation.environment().lifecycle();
    Duration paymentLimit = settings.paymentLimit().toJavaDuration();
    OrderMetrics metrics = new OrderMetrics(foundation.prometheus());
    OrderMetrics.watch(foundation.gauges(), jdbi, paymentLimit);
    OrderWaiters waiters =
        new OrderWaiters(
            settings.waiters(), seen -> OrderService.findChanged(jdbi, paymentLimit, seen));
    OrderEvents orderEvents =
        new OrderEvents(
            new OrderTransactions(jdbi, stock, events.outbox(), paymentLimit, PATIENCE),
            stock,
            metrics,
            waiters);
    OrderPayments payments = new OrderPayments(orderEvents);
    OrderService orders = new OrderService(jdbi, paymentLimit, orderEvents, waiters);
    Executor answers =
        LogContext.carrying(
            foundation.tracing().carrying(answerThreads(lifecycle, settings.waiters())));
    PaymentService paying =
        new PaymentService(
            partner,
            orders,
            orderEvents,
            waiters,
            new Charging(jdbi, partner, orderEvents, payments, answers),
            communication);
    if (communication == Communication.EVENTS && partner.isConfigured()) {
      // The other half of the calls is for the reconciler.
      int mostInFlight = Math.max(1, payment.inFlight() / 2);
      events.subscribe(
          PaymentConsumer.SUBSCRIPTION, new PaymentConsumer(jdbi, paying, mostInFlight));
    }
    JerseyEnvironment jersey = foundation.environment().jersey();
    jersey.register(
        new OrderResource(
            orders, paying, callers, settings.paymentWait().toJavaDuration(), communication));
    jersey.register(
        new NewOrderResource(
            purchases.desk(),
            orders,
            paying,
            callers,
            foundation.clock(),
            settings,
            communication,
            answers));
    CallbackModule.install(foundation, payment, payments);
    LedgerModule.install(foundation, settings.ledger(), partner);
    lifecycle.manage(waiters);
    lifecycle.addEventListener(waiters);
    Reconciler reconciler = new Reconciler(jdbi, partner, orderEvents, payments, answers);
    ExpirySweeper sweeper =
        new ExpirySweeper(jdbi, stock, events.outbox(), metrics, paymentLimit, waiters::poll);
    OldOrders old =
        new OldOrders(
            jdbi,
            settings.retention().toJavaDuration(),
            settings.historyRetention().toJavaDuration());
    repeat(lifecycle, "order-expiry", ExpirySweeper.PAUSE, sweeper::run);
    repeat(lifecycle, "order-reconciliation", Reconciler.PAUSE, reconciler::run);
    repeat(lifecycle, "order-changes", OrderWaiters.POLL, waiters::poll);
    repeat(lifecycle, "order-deletion", OldOrders.PAUSE, old::delete);
    return new OrderModule(orders, new OrderCancellations(orderEvents));
  }

  /**
   * The threads that receive the partner's answers serve all calls and must not wait for the
   * database, so the transactions that follow an answer have threads of their own.
   */
  private static Executor answerThreads(LifecycleEnvironment lifecycle, int queueLength) {
    return lifecycle
        .executorService("order-answers-%d")
        .minThreads(ANSWER_THREADS)
        .maxThreads(ANSWER_THREADS)
        .workQueue(new ArrayBlockingQueue<>(queueLength))
        .build();
  }

  private static void repeat(
      LifecycleEnvironment lifecycle, String name, Duration pause, Runnable task) {
    lifecycle.manage(new RepeatedTask(name, pause, task));
  }
}
