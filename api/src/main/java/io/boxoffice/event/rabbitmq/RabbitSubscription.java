package io.boxoffice.event.rabbitmq;

import io.boxoffice.event.model.Event;
import io.boxoffice.event.transport.Receiver;
import io.boxoffice.event.transport.Subscription;
import io.boxoffice.event.transport.Transport;
import io.boxoffice.event.transport.TransportException;
import io.boxoffice.platform.RepeatedTask;
import io.boxoffice.platform.rabbitmq.RabbitConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes deliveries to a receiver, one batch at a time, and decides what becomes of each. */
final class RabbitSubscription implements Transport.Running {
  private static final Logger LOG = LoggerFactory.getLogger(RabbitSubscription.class);
  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(250);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  /** Until what the broker did not take is offered again. */
  private static final Duration AWAY = Duration.ofSeconds(1);

  /** The failure of a delivery that the broker gave to a consumer again and again. */
  static final String ENDED = "The consumer ended each time while it received this event";

  private static final String UNREADABLE = "The message is no event of CloudEvents 1.0";
  private static final long WAIT_MILLIS = 50;
  private static final int LONGEST_FAILURE = 500;

  private final Subscription subscription;
  private final Receiver receiver;
  private final RabbitOptions options;
  private final Moves moves;
  private final Lanes lanes = new Lanes();
  private final Claims claims;
  private final RepeatedTask checks;
  private final Thread worker;
  private volatile boolean closed;

  RabbitSubscription(
      Subscription subscription,
      Receiver receiver,
      RabbitOptions options,
      RabbitConnection connection,
      Topology topology,
      Moves moves,
      Set<String> claimed,
      RabbitMetrics metrics) {
    this.subscription = subscription;
    this.receiver = receiver;
    this.options = options;
    this.moves = moves;
    this.claims = new Claims(subscription, connection, topology, lanes, claimed, metrics);
    String name = "events-" + subscription.consumer();
    this.checks = new RepeatedTask(name + "-lanes", BETWEEN_CHECKS, claims::check);
    this.worker = new Thread(this::work, name);
    worker.setDaemon(true);
  }

  /** Tries to subscribe before it returns, and goes on in the background. */
  void start() {
    try {
      claims.check();
    } catch (IllegalStateException away) {
      LOG.debug("The first try to subscribe failed", away);
    }
    checks.start();
    worker.start();
  }

  String consumer() {
    return subscription.consumer();
  }

  /** Counts what was received and is not acknowledged. */
  int unacknowledged() {
    return lanes.unacknowledged();
  }

  private void work() {
    try {
      while (!closed) {
        Lanes.Batch batch = lanes.take(subscription.batchSize(), WAIT_MILLIS);
        if (batch != null) {
          receive(batch.lane(), batch.deliveries());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive(Lane lane, List<Delivery> batch) throws InterruptedException {
    List<Delivery> over = new ArrayList<>();
    try {
      if (batch.get(0).isOver()) {
        bury(lane, batch.get(0), over);
      } else {
        pass(batch);
        over.addAll(batch);
      }
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception failure) {
      if (!closed) {
        failed(lane, batch, failure, over);
      }
    } finally {
      synchronized (lanes.lock) {
        lane.unpark(over);
        lane.release();
      }
    }
    lane.acknowledge(over);
  }

  private void pass(List<Delivery> batch) throws Exception {
    List<Event> events =
        batch.stream()
            .map(Delivery::event)
            .filter(event -> subscription.types().contains(event.type()))
            .toList();
    if (!events.isEmpty()) {
      receiver.receive(events);
    }
  }

  private void failed(Lane lane, List<Delivery> batch, Exception failure, List<Delivery> over) {
    String text = failure.toString();
    String reason = text.substring(0, Math.min(text.length(), LONGEST_FAILURE));
    LOG.warn(
        "Consumer {} failed on {} events and tries each again: {}",
        subscription.consumer(),
        batch.size(),
        reason);
    for (Delivery delivery : batch) {
      Delivery failed = delivery.failed(reason);
      if (failed.isOver()) {
        bury(lane, failed, over);
      } else {
        tryAgain(lane, failed, over);
      }
    }
  }

  /** Where the order matters, it waits here, with its key. Else it waits at the broker. */
  private void tryAgain(Lane lane, Delivery failed, List<Delivery> over) {
    Duration pause = options.pauseAfter(failed.tries());
    if (!subscription.ordered()) {
      try {
        moves.retry(subscription.consumer(), pause, failed);
        over.add(failed);
        return;
      } catch (TransportException away) {
        LOG.debug("A delivery waits in memory", away);
      }
    }
    synchronized (lanes.lock) {
      lane.park(failed, pause.toNanos());
    }
  }

  private void bury(Lane lane, Delivery failed, List<Delivery> over) {
    Delivery explained = failed;
    if (failed.failure().isEmpty()) {
      explained = failed.because(failed.event() == null ? UNREADABLE : ENDED);
    }
    try {
      moves.dead(subscription.consumer(), explained);
      over.add(failed);
    } catch (TransportException away) {
      synchronized (lanes.lock) {
        lane.park(failed, AWAY.toNanos());
      }
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    checks.stop();
    try {
      if (Thread.currentThread() != worker) {
        worker.join(CLOSE_LIMIT.toMillis());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    claims.close();
    worker.interrupt();
  }
}
