package io.boxoffice.event.transport;

import io.boxoffice.event.model.Event;
import java.util.List;

/**
 * Carries events from the relay to consumers, at least once each. An implementation passes the
 * tests of {@code TransportContract}.
 */
public interface Transport extends AutoCloseable {

  /**
   * Publishes events in their order, and returns when the transport has stored all of them for all
   * their consumers. Events that no consumer wants are dropped. Only the relay publishes, one batch
   * after the other.
   *
   * @param events 1 to 1,000
   * @throws TransportException when not all are known to be stored; the relay repeats the batch
   *     with the same ids
   */
  void publish(List<Event> events) throws TransportException;

  /**
   * Starts to receive events, on a thread of the transport. It never fails: if the transport is
   * away, it is tried again until the subscription is closed. If it is not away, events that are
   * published after the return are delivered.
   *
   * <p>Several subscriptions with the same consumer name, in any process, share its events. A
   * consumer that had a subscription once keeps getting events, for the next subscription.
   *
   * @return ends the subscription
   */
  Running subscribe(Subscription subscription, Receiver receiver);

  /** The deliveries that failed for good. */
  DeadLetters deadLetters();

  /**
   * Reads how many deliveries wait, for each consumer of the shop.
   *
   * @throws TransportException when the transport is away
   */
  List<Backlog> backlogs() throws TransportException;

  /** Ends all subscriptions and connections. Further calls change nothing. */
  @Override
  void close();

  /** A subscription that receives. */
  @FunctionalInterface
  interface Running extends AutoCloseable {

    /**
     * Receives nothing more, and waits 10 s at most for the batch that is being received. What is
     * not acknowledged by then is delivered to other subscriptions of the consumer at once, or to
     * the next one.
     */
    @Override
    void close();
  }
}
