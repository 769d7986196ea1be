package io.boxoffice.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.boxoffice.event.model.Event;
import io.boxoffice.event.model.EventType;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.order.store.PaymentDao;
import io.boxoffice.order.store.RequestedPayment;
import io.boxoffice.platform.logging.LogContext;
import io.boxoffice.platform.tracing.TraceScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Asks the payment partner about orders that are PAYING, for {@code Communication.EVENTS}. A batch
 * is done when its calls have begun: the payment's row, and not the event, remembers what has no
 * answer, and the reconciler asks about it again. So a slow payment delays no other one. A repeated
 * event charges nothing more, because the order is the key of its charge.
 */
final class PaymentConsumer implements Receiver {
  /** What it receives. Payments of different orders have no order. */
  static final Subscription SUBSCRIPTION =
      new Subscription("payment", Set.of(EventType.ORDER_PAYING.text()), false, 100);

  /** How long a batch waits for the calls before it; the longest time limit of a call. */
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jdbi jdbi;
  private final PaymentService payments;
  private final Semaphore free;

  /**
   * Receives the events of the given payments.
   *
   * @param mostInFlight how many calls may have no answer; then events wait for their delivery
   */
  PaymentConsumer(Jdbi jdbi, PaymentService payments, int mostInFlight) {
    this.jdbi = jdbi;
    this.payments = payments;
    this.free = new Semaphore(mostInFlight);
  }

  @Override
  public void receive(List<Event> events) throws InterruptedException {
    UUID[] orders = events.stream().map(Event::subject).toArray(UUID[]::new);
    UUID[] concerts = events.stream().map(PaymentConsumer::concertOf).toArray(UUID[]::new);
    List<RequestedPayment> requested =
        jdbi.withExtension(PaymentDao.class, dao -> dao.requested(concerts, orders));
    Map<UUID, Event> causes =
        events.stream()
            .collect(Collectors.toMap(Event::subject, event -> event, (one, same) -> one));
    for (RequestedPayment payment : requested) {
      if (!free.tryAcquire(LONGEST_CALL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Too many calls to the payment partner have no answer");
      }
      Event cause = causes.get(payment.orderId());
      try (var ignored = TraceScope.of(cause.traceparent());
          var ignoredToo = LogContext.of(cause.requestId())) {
        var unused = payments.ask(payment).whenComplete((none, failure) -> free.release());
      }
    }
  }

  private static UUID concertOf(Event event) {
    try {
      return UUID.fromString(JSON.readTree(event.data()).path("concertId").asText());
    } catch (JsonProcessingException invalid) {
      throw new IllegalArgumentException("The data of the event " + event.id(), invalid);
    }
  }
}
